package dev.lazymm.trace;

/** Takes labels and numbers from the front of a part of the current line. */
class Cursor {
  final Lines lines;
  final byte[] bytes;

  /** What is left is {@code [at, end)}. */
  int at;

  int end;

  /** The number last taken by {@link #tryNumber}. */
  int number;

  private int attempt;
  private int furthest;
  private int failedAt;
  private String missing = "";

  Cursor(Lines lines) {
    this.lines = lines;
    this.bytes = lines.bytes;
  }

  /** Begins with a part of the current line. */
  final void reset(int from, int to) {
    end = to;
    furthest = -1;
    attempt(from);
  }

  /** Begins again at {@code from}, which may or may not be where the text to be taken stands. */
  final void attempt(int from) {
    attempt = from;
    at = from;
  }

  /** Takes a label. */
  final void label(Label label) {
    if (!tryLabel(label)) {
      throw noMatch();
    }
  }

  /** Takes a decimal number. */
  final int number() {
    if (!tryNumber()) {
      throw noMatch();
    }
    return number;
  }

  /** Takes a count, which may be larger than an int. */
  final long count() {
    int from = at;
    long value = 0;
    while (isDigit(bytes[at])) {
      if (at - from >= 18) {
        throw tooLarge(from);
      }
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == from) {
      throw lines.error(at, "a decimal number is missing", "a decimal number");
    }
    return value;
  }

  /** Takes spaces. */
  final void skipSpaces() {
    while (bytes[at] == ' ') {
      at++;
    }
  }

  /** Takes a label if it is there. */
  final boolean tryLabel(Label label) {
    if (!label.isAt(bytes, at)) {
      return miss(at, label.quoted);
    }
    at += label.bytes.length;
    return true;
  }

  /** Takes a decimal number below 2^31 if it is there, and leaves it in {@link #number}. */
  final boolean tryNumber() {
    int to = at;
    while (isDigit(bytes[to])) {
      to++;
    }
    if (to == at) {
      return miss(at, "a decimal number");
    }
    long value = value(at, to);
    if (value > Integer.MAX_VALUE) {
      return miss(at, "a decimal number below 2^31");
    }
    number = (int) value;
    at = to;
    return true;
  }

  /** Takes a decimal number of any sign, such as a priority, if it is there. */
  final boolean skipSigned() {
    if (bytes[at] == '-') {
      at++;
    }
    return tryNumber();
  }

  /** Takes a state such as {@code R+} or {@code D|K} if it is there; -1 if not. */
  final int tryState() {
    int state = 0;
    int from = at;
    while (true) {
      if (bytes[at] == '0' && bytes[at + 1] == 'x') {
        at += 2;
        while (isHex(bytes[at])) {
          at++;
        }
        state |= PrevState.OTHER;
      } else {
        int bit = PrevState.bit(bytes[at]);
        if (bit < 0) {
          miss(at, "a task state such as S, R+ or D|K");
          at = from;
          return -1;
        }
        state |= bit;
        at++;
      }
      if (bytes[at] != '|') {
        break;
      }
      at++;
    }
    if (bytes[at] == '+') {
      state |= PrevState.PREEMPTED;
      at++;
    }
    return state;
  }

  /** Takes a hexadecimal number, with or without {@code 0x}. */
  final long hex() {
    if (bytes[at] == '0' && bytes[at + 1] == 'x') {
      at += 2;
    }
    int from = at;
    long value = 0;
    while (isHex(bytes[at])) {
      if (at - from >= 16) {
        throw tooLarge(from);
      }
      value = (value << 4) | Character.digit(bytes[at++], 16);
    }
    if (at == from) {
      throw lines.error(at, "a hexadecimal number is missing", "a hexadecimal number");
    }
    return value;
  }

  /** {@return the number with the digits {@code [from, to)}, or one that is above any int} */
  final long value(int from, int to) {
    long value = 0;
    for (int i = from; i < to && value <= Integer.MAX_VALUE; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  /** {@return the fault of the attempt that came furthest} */
  final TraceFormatException noMatch() {
    return lines.error(failedAt, missing + " is missing", missing);
  }

  final TraceFormatException tooLarge(int where) {
    return lines.error(where, "the number is too large", "a number that the kernel can write");
  }

  private boolean miss(int where, String what) {
    if (where - attempt > furthest) {
      furthest = where - attempt;
      failedAt = where;
      missing = what;
    }
    return false;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isHex(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'f');
  }
}
