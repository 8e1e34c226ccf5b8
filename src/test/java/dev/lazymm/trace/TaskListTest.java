package dev.lazymm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskListTest {
  @Test
  void reads() throws IOException {
    TaskList list = read(Texts.resource("tasks.txt"));
    assertThat(list.byPid().values())
        .containsExactly(
            new TaskList.Task(1, 1, 0, 0x400100, false, 0, true, "init"),
            new TaskList.Task(2, 2, 0, 0x208040, true, 3, false, "kthreadd"),
            new TaskList.Task(14, 14, 2, 0x4208060, true, 1, false, "kworker/R-kvfree_rcu_reclaim"),
            new TaskList.Task(201, 200, 1, 0x400040, false, 2, true, "a b  c=1"));
    assertThat(list.find(14)).isPresent();
    assertThat(list.find(15)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2 2 0 208040 1 3;17;cpu is not a number",
        "2 2 0 208040 1;15;kthread is not a number",
        "x 2 0 208040 1 3 0 a;1;pid is missing",
        "2 2 0 20804g 1 3 0 a;12;flags is not a number",
        "2 2 0 208040 2 3 0 a;14;kthread is too large",
        "2 2 0 208040 1 3 9 a;18;has_mm is too large",
        "2 99999999999 0 208040 1 3 0 a;3;tgid is too large",
        "2 2  0 208040 1 3 0 a;5;ppid is missing",
        "1 2 0 208040 1 3 0 a;1;there are two tasks with pid 1"
      })
  void faults(String line, int column, String problem) {
    TraceFormatException fault = fails("1 1 0 400100 0 0 1 init\n" + line + "\n");
    assertThat(fault.problem()).isEqualTo(problem);
    assertThat(fault.line()).isEqualTo(2);
    assertThat(fault.column()).isEqualTo(column);
  }

  @Test
  void nothingInIt() {
    assertThat(fails("# pid tgid\n").problem()).isEqualTo("there is no task in it");
  }

  private static TaskList read(String text) throws IOException {
    return TaskList.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "tasks.txt");
  }

  private static TraceFormatException fails(String text) {
    return assertThatExceptionOfType(TraceFormatException.class)
        .isThrownBy(() -> read(text))
        .actual();
  }
}
