package dev.lazymm.live;

import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The IPIs on their way to one CPU: the kernel's call_single_queue, a list without a lock to which
 * anyone adds and from which the CPU takes all at once. Adding and taking are full barriers, as
 * they are there.
 */
final class Mailbox {
  /** One IPI (call_single_data): the target says when its handler has returned. */
  static final class Message {
    private static final VarHandle DONE;

    static {
      try {
        DONE = MethodHandles.lookup().findVarHandle(Message.class, "done", boolean.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    final Ipi ipi;
    final KObject info;
    final int target;
    private @Nullable Message next;

    @SuppressWarnings("UnusedVariable") // through DONE
    private boolean done;

    Message(Ipi ipi, KObject info, int target) {
      this.ipi = ipi;
      this.info = info;
      this.target = target;
    }

    /** csd_unlock: a release. */
    void finish() {
      DONE.setRelease(this, true);
    }

    /** {@return whether the handler has returned}; an acquire if so */
    boolean isDone() {
      return (boolean) DONE.getAcquire(this);
    }

    /** {@return the message that was sent after this one} */
    @Nullable Message next() {
      return next;
    }
  }

  private final AtomicReference<@Nullable Message> latest = new AtomicReference<>();

  /** Adds an IPI. */
  void post(Message message) {
    Message before;
    do {
      before = latest.get();
      message.next = before;
    } while (!latest.compareAndSet(before, message));
  }

  /** {@return whether there is nothing to take, as far as this thread can see} */
  boolean isEmpty() {
    return latest.getOpaque() == null;
  }

  /** {@return the first of all messages, in the order in which they were sent; null if none} */
  @Nullable Message takeAll() {
    Message rest = latest.getAndSet(null);
    Message first = null;
    while (rest != null) {
      Message before = rest.next;
      rest.next = first;
      first = rest;
      rest = before;
    }
    return first;
  }
}
