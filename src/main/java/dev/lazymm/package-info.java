/**
 * A laboratory for lazy TLB: how long an address space lives while idle CPUs and kernel threads
 * still borrow it, and which memory barriers that costs.
 */
@NullMarked
package dev.lazymm;

import org.jspecify.annotations.NullMarked;
