package dev.lazymm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command line that was run in this JVM.
 *
 * @param code its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record Cli(int code, String out, String err) {
  static Cli run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Cli(code, out.toString(), err.toString());
  }

  /** Asserts the exit code, that nothing but results is on stdout, and no stack trace anywhere. */
  Cli exits(int expected) {
    assertThat(code).as("exit code; stderr: %s", err).isEqualTo(expected);
    assertThat(err).doesNotContain("Exception", "\tat ", "internal error");
    return this;
  }

  /** Asserts that stdout is text that fits into a mail. */
  Cli fitsIntoAMail() {
    assertThat(out.lines()).allSatisfy(line -> assertThat(line).matches("[ -~]{0,72}"));
    return this;
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }
}
