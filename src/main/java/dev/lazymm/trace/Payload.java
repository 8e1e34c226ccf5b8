package dev.lazymm.trace;

/**
 * A cursor over {@code key=value} text that is taken from both sides.
 *
 * <p>A comm or a file name inside it may contain blanks, {@code =} and whole keys. What comes after
 * the last such value is therefore taken from the end, where digits and labels leave no choice;
 * only a comm in the middle has to be searched for, see {@link SchedParser}.
 */
final class Payload extends Cursor {

  Payload(Lines lines) {
    super(lines);
  }

  /** Takes a label and the decimal number behind it from the end. */
  int lastNumber(Label label) {
    int value = lastDigits(label);
    takeLast(label);
    return value;
  }

  /** Takes a label and the decimal number of any sign behind it from the end. */
  void skipLastSigned(Label label) {
    lastDigits(label);
    if (end > at && bytes[end - 1] == '-') {
      end--;
    }
    takeLast(label);
  }

  private int lastDigits(Label label) {
    int from = end;
    while (from > at && isDigit(bytes[from - 1])) {
      from--;
    }
    if (from == end) {
      throw noNumber(label, end, "a decimal number");
    }
    long value = value(from, end);
    if (value > Integer.MAX_VALUE) {
      throw tooLarge(from);
    }
    end = from;
    return (int) value;
  }

  /** Takes a label and the hexadecimal number behind it from the end. */
  long lastHex(Label label) {
    int from = end;
    long value = 0;
    int shift = 0;
    while (from > at && isHex(bytes[from - 1])) {
      from--;
      if (shift >= Long.SIZE) {
        throw tooLarge(from);
      }
      value |= (long) Character.digit(bytes[from], 16) << shift;
      shift += 4;
    }
    if (shift == 0) {
      throw noNumber(label, end, "a hexadecimal number");
    }
    boolean prefixed = from - 2 >= at && bytes[from - 1] == 'x' && bytes[from - 2] == '0';
    end = prefixed ? from - 2 : from;
    takeLast(label);
    return value;
  }

  /** Takes a label and one of two words behind it from the end if they are there. */
  void dropLast(Label label, Label word, Label otherWord) {
    int before = end;
    boolean worded = endsWith(word) || endsWith(otherWord);
    if (!worded || !endsWith(label)) {
      end = before;
    }
  }

  /** Takes a label from the end if it is there. */
  boolean endsWith(Label label) {
    int from = end - label.bytes.length;
    if (from < at || !label.isAt(bytes, from)) {
      return false;
    }
    end = from;
    return true;
  }

  private void takeLast(Label label) {
    if (!endsWith(label)) {
      throw lines.error(end, label.quoted + " is missing", label.quoted);
    }
  }

  private TraceFormatException noNumber(Label label, int where, String kind) {
    return lines.error(where, "the number of " + label.quoted + " is missing", kind);
  }
}
