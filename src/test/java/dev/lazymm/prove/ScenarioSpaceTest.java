package dev.lazymm.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lazymm.workload.Outline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The space is what brute force finds: every sequence of actions over fixed names, in every start,
 * with every set of references, kept if {@link Outline} likes it and no reference is idle; and each
 * stands for as many as can be counted one by one.
 */
class ScenarioSpaceTest {
  @ParameterizedTest
  @CsvSource({
    "2, 2, 2, 2, 'run,idle,exit,exec,fork,use'",
    "2, 3, 1, 2, 'run,idle,exit,clone,munmap,leave-mm'",
    "1, 2, 1, 3, 'run,exit,use'",
    "2, 2, 1, 2, 'run,get,pin'",
    "3, 2, 1, 1, 'run,idle,exit,use'",
    "2, 2, 1, 2, 'run,exit,pin'",
    "2, 1, 1, 3, 'mprotect,load,store'",
    "2, 2, 1, 2, 'run,exit,mprotect,load,store'",
    "1, 2, 1, 3, 'run,exit,preempted'",
    "1, 2, 2, 3, 'run,exec,preempted'",
    "2, 2, 1, 3, 'exit,load,preempted'",
    "2, 2, 1, 4, 'use,preempted'",
    "1, 1, 1, 4, 'get,store,preempted'",
    "1, 2, 1, 4, 'run,exit,preempted'",
    "2, 2, 1, 3, 'exit,get,pin'",
    "2, 2, 1, 3, 'exit,unplug'",
    "3, 1, 1, 2, 'idle,unplug'",
    "2, 1, 1, 4, 'unplug'",
  })
  void isWhatBruteForceFinds(int cpus, int tasks, int mms, int actions, String words) {
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of(words.split(",", -1)).stream().map(w -> Word.find(w).orElseThrow()).toList());
    Size size = new Size(cpus, tasks, mms, actions);
    Map<String, Long> found = new HashMap<>();
    new ScenarioSpace(size, vocabulary)
        .forEach(m -> {
          Outline.of(m.scenario());
          assertThat(m.index()).isEqualTo(found.size());
          String text = Names.canonical(Names.text(m.scenario()), cpus);
          assertThat(found.put(text, m.weight())).as(text).isNull();
          return true;
        });
    Brute brute = new Brute(size, vocabulary);
    brute.start(0);
    assertThat(found.keySet()).isEqualTo(brute.found.keySet());
    assertThat(found).isEqualTo(brute.found);
    assertThat(found).isNotEmpty();
  }
}
