package dev.lazymm.cat;

import java.util.List;

/**
 * A cat file, read.
 *
 * @param title what it calls itself, or an empty text
 * @param computesDependencies whether it says {@code catdep}
 * @param instructions all of it
 */
record CatFile(String title, boolean computesDependencies, List<Instruction> instructions) {}
