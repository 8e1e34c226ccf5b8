/** Ways through a thread's code while they are being found: what all front ends share. */
@NullMarked
package dev.lazymm.litmus.way;

import org.jspecify.annotations.NullMarked;
