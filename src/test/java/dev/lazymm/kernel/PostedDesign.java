package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Site;

/**
 * A counting design in which who borrows A has CPU 1 read what it publishes, and which gives one
 * name to an IPI and to a barrier: without the one nobody reads what the other orders.
 */
public final class PostedDesign extends Refcount {
  private static final Site IPI = new Site("posted", "the IPI, and a barrier of the same name");
  private static final Site PUBLISH = new Site("posted-wmb", "before the flag is set");
  private static final Site READ = new Site("posted-rmb", "before what was published is read");

  private final Post post;
  private final Ipi reader = new Ipi("read_post", this::read);

  private static final class Post extends KObject {
    private final Cell text;
    private final Cell flag;

    Post(Memory memory) {
      super(memory, "post");
      text = memory.cell(this, "text", 0);
      flag = memory.cell(this, "flag", 0);
    }

    @Override
    public String type() {
      return "post";
    }
  }

  public PostedDesign(Kernel kernel) {
    super(kernel);
    post = new Post(kernel.memory());
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    if (mm.name().equals("A")) {
      cpu.onEachCpu(new long[] {0b10}, reader, post, false, IPI);
      cpu.writeOnce(post.text, 1);
      cpu.smpWmb(PUBLISH);
      cpu.writeOnce(post.flag, 1);
      cpu.smpMb(IPI);
    }
    super.mmgrabLazyTlb(cpu, mm);
  }

  private void read(Cpu cpu, KObject info) {
    Post sent = (Post) info;
    if (cpu.readOnce(sent.flag) == 1) {
      cpu.smpRmb(READ);
      cpu.warnOn(cpu.readOnce(sent.text) == 0, "no text");
    }
  }
}
