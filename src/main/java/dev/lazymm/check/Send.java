package dev.lazymm.check;

import dev.lazymm.machine.Ipi;
import dev.lazymm.machine.KObject;

/**
 * What a SEND event carries.
 *
 * @param ipi the handler
 * @param info its argument
 * @param sender the CPU that waits for it to return; negative if nobody does
 * @param sequence how many waiting sends to this target the sender has done, this one included
 */
record Send(Ipi ipi, KObject info, int sender, int sequence) {}
