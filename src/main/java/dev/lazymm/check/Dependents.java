package dev.lazymm.check;

import dev.lazymm.machine.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the next accesses of one CPU depend on, as its code says. A handler that comes in between
 * has its own.
 */
final class Dependents {
  /**
   * A dependency.
   *
   * @param kind which
   * @param read the po-index of the read
   */
  record On(Dependency kind, int read) {}

  private final Context thread = new Context();
  private final Context handler = new Context();

  /** Of the interrupted thread, or of a handler. */
  private static final class Context {
    private final List<On> next = new ArrayList<>();

    /** The latest read of a pointer, by the object's handle. */
    private final Map<Long, Integer> pointers = new HashMap<>();

    void clear() {
      next.clear();
      pointers.clear();
    }
  }

  /** A new run. */
  void begin() {
    thread.clear();
    handler.clear();
  }

  /** A handler begins. */
  void handlerBegins() {
    handler.clear();
  }

  private Context of(boolean inHandler) {
    return inHandler ? handler : thread;
  }

  /** The next access, or the next store, depends on a read. */
  void next(Dependency kind, int read, boolean inHandler) {
    of(inHandler).next.add(new On(kind, read));
  }

  /** A pointer to an object was read, through which it will be accessed. */
  void pointer(long handle, int read, boolean inHandler) {
    of(inHandler).pointers.put(handle, read);
  }

  /**
   * {@return what an access depends on}
   *
   * @param handle that of the object it is to
   * @param writes whether it writes a value that code has computed
   */
  List<On> take(long handle, boolean writes, boolean inHandler) {
    Context context = of(inHandler);
    if (context.next.isEmpty() && context.pointers.isEmpty()) {
      return List.of();
    }
    List<On> taken = new ArrayList<>();
    Integer pointer = context.pointers.get(handle);
    if (pointer != null) {
      taken.add(new On(Dependency.ADDRESS, pointer));
    }
    for (Iterator<On> i = context.next.iterator(); i.hasNext(); ) {
      On on = i.next();
      if (on.kind != Dependency.DATA || writes) {
        taken.add(on);
        i.remove();
      }
    }
    return taken;
  }
}
