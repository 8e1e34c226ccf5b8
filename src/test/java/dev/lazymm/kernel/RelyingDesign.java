package dev.lazymm.kernel;

import dev.lazymm.machine.Cell;
import dev.lazymm.machine.Cpu;
import dev.lazymm.machine.Dependency;
import dev.lazymm.machine.KObject;
import dev.lazymm.machine.Memory;
import dev.lazymm.machine.Ref;
import dev.lazymm.machine.Site;

/**
 * A counting design that hands a note over from the CPU that starts to borrow A to the one that
 * starts to borrow B, and relies on a dependency there.
 */
public abstract class RelyingDesign extends Refcount {
  public static final Site SITE = new Site("DEP", "the dependency of a test");
  private static final Site OTHERS = new Site("NOTE", "the fence of CPU 0");

  final Note note;
  private final boolean named;

  /** What is handed over. */
  static final class Note extends KObject {
    final Cell data;
    final Cell flag;
    final Ref<Text> text;
    final Text theText;

    Note(Memory memory) {
      super(memory, "note");
      data = memory.cell(this, "data", 0);
      flag = memory.cell(this, "flag", 0);
      text = memory.ref(this, "text", Text.class);
      theText = new Text(memory);
    }

    @Override
    public String type() {
      return "note";
    }
  }

  /** What a pointer is to. */
  static final class Text extends KObject {
    final Cell length;

    Text(Memory memory) {
      super(memory, "text");
      length = memory.cell(this, "length", 0);
    }

    @Override
    public String type() {
      return "text";
    }
  }

  /**
   * @param named whether the code names the dependency
   */
  RelyingDesign(Kernel kernel, boolean named) {
    super(kernel);
    this.named = named;
    note = new Note(kernel.memory());
  }

  /** {@return the design that relies on a kind of dependency} */
  public static RelyingDesign of(Dependency kind, Kernel kernel, boolean named) {
    return switch (kind) {
      case CONTROL -> new OnControl(kernel, named);
      case ADDRESS -> new OnAddress(kernel, named);
      case DATA -> new OnData(kernel, named);
    };
  }

  @Override
  public void mmgrabLazyTlb(Cpu cpu, Mm mm) {
    cpu.step("mmgrab_lazy_tlb");
    if (mm.name().equals("A")) {
      handOver(cpu);
    } else if (mm.name().equals("B")) {
      takeOver(cpu);
    }
    super.mmgrabLazyTlb(cpu, mm);
  }

  void depends(Cpu cpu, Dependency kind, Cell read) {
    if (named) {
      cpu.depends(kind, read, SITE);
    }
  }

  abstract void handOver(Cpu cpu);

  abstract void takeOver(Cpu cpu);

  /** CPU 1 frees what CPU 0 no longer needs: a read, then a write. */
  private static final class OnControl extends RelyingDesign {
    OnControl(Kernel kernel, boolean named) {
      super(kernel, named);
    }

    @Override
    void handOver(Cpu cpu) {
      cpu.readOnce(note.theText.length);
      cpu.smpMb(OTHERS);
      cpu.writeOnce(note.flag, 1);
    }

    @Override
    void takeOver(Cpu cpu) {
      if (cpu.readOnce(note.flag) == 1) {
        depends(cpu, Dependency.CONTROL, note.flag);
        cpu.free(note.theText);
      }
    }
  }

  /** CPU 1 reads what CPU 0 has published: a read, then a read. */
  private static final class OnAddress extends RelyingDesign {
    OnAddress(Kernel kernel, boolean named) {
      super(kernel, named);
    }

    @Override
    void handOver(Cpu cpu) {
      cpu.writeOnce(note.theText.length, 5);
      cpu.smpWmb(OTHERS);
      cpu.writeOnce(note.text, note.theText);
    }

    @Override
    void takeOver(Cpu cpu) {
      if (cpu.readOnce(note.text) instanceof Text text) {
        depends(cpu, Dependency.ADDRESS, note.text.cell());
        cpu.warnOn(cpu.readOnce(text.length) == 0, "an empty text");
      }
    }
  }

  /** CPU 1 overwrites what CPU 0 has written, with what that said: a read, then a write. */
  private static final class OnData extends RelyingDesign {
    OnData(Kernel kernel, boolean named) {
      super(kernel, named);
    }

    @Override
    void handOver(Cpu cpu) {
      cpu.writeOnce(note.data, 2);
      cpu.smpWmb(OTHERS);
      cpu.writeOnce(note.flag, 1);
    }

    @Override
    void takeOver(Cpu cpu) {
      long said = cpu.readOnce(note.flag);
      depends(cpu, Dependency.DATA, note.flag);
      cpu.writeOnce(note.data, said);
      cpu.warnOn(said == 1 && cpu.readOnce(note.data) == 2, "CPU 0 writes last");
    }
  }

  /** {@link OnAddress} with the one load that names its dependency itself. */
  public static final class Dereferencing extends RelyingDesign {
    public Dereferencing(Kernel kernel) {
      super(kernel, false);
    }

    @Override
    void handOver(Cpu cpu) {
      cpu.writeOnce(note.theText.length, 5);
      cpu.smpWmb(OTHERS);
      cpu.writeOnce(note.text, note.theText);
    }

    @Override
    void takeOver(Cpu cpu) {
      if (cpu.rcuDereference(note.text) instanceof Text text) {
        cpu.readOnce(note.flag);
        cpu.warnOn(cpu.readOnce(text.length) == 0, "an empty text");
      }
    }
  }
}
