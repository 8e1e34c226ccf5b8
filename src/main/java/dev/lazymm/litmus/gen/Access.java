package dev.lazymm.litmus.gen;

/** An access of a thread, and the register of it if it reads. */
record Access(boolean writes, String location, int value, String register) {}
