/*
 * MEMBARRIER_CMD_GLOBAL_EXPEDITED passes over a thread of a registered process: the scenario
 * membarrier-exit-sibling on a real kernel. See docs/membarrier.md, "What is found".
 *
 *     gcc -O2 -pthread exit-sibling.c -o exit-sibling
 *     sudo ./exit-sibling plain 100000    one thread on CPU 1 from the start
 *     sudo ./exit-sibling sleep 100000    another was there first, and sleeps
 *     sudo ./exit-sibling exit 100000     another was there first, and exits
 *
 * It takes two CPUs, and SCHED_FIFO so that no other process comes between the thread that exits
 * and the one that follows it on CPU 1: a switch from another mm would repair the rq's state, which
 * shows as IPIs. Each round is store buffering with a barrier by hand on CPU 0 and none on CPU 1:
 *
 *     CPU 0: x = 1; membarrier; r0 = y          CPU 1: y = 1; r1 = x
 *
 * r0 = r1 = 0 is what the call promises not to happen.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GLOBAL_EXPEDITED = 2, REGISTER_GLOBAL_EXPEDITED = 4, LINES = 48 };

struct line {
	volatile long value;
	char pad[120];
};

static struct line slow[LINES], x, y, r1;
static atomic_long round_begun, round_done;
static atomic_int arrived, registered, running, stop;
static int sleeps;
static sem_t go, never;

static void pin(int cpu, int priority)
{
	struct sched_param param = {.sched_priority = priority};
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) || sched_setscheduler(0, SCHED_FIFO, &param)) {
		perror("sched_setaffinity, sched_setscheduler");
		exit(2);
	}
}

static long membarrier(int command)
{
	long result = syscall(SYS_membarrier, command, 0, 0);

	if (result) {
		perror("membarrier");
		exit(2);
	}
	return result;
}

/* The function call interrupts that CPU 1 has had. */
static long interrupts(void)
{
	FILE *file = fopen("/proc/interrupts", "r");
	char text[4096];
	long cpu1 = -1;

	while (file && fgets(text, sizeof(text), file))
		if (strstr(text, "CAL:"))
			sscanf(strstr(text, "CAL:") + 4, "%*d %ld", &cpu1);
	if (file)
		fclose(file);
	return cpu1;
}

/* Runs on CPU 1 while the process is registered, so that this rq is told of it. */
static void arrive(void)
{
	pin(1, 10);
	atomic_store(&arrived, 1);
	while (!atomic_load(&registered))
		;
}

/* y = 1; r1 = x: behind stores to lines that CPU 0 has, so that y stays in the store buffer. */
static void *sibling(void *waits)
{
	if (waits) {
		pin(1, 10);
		sem_wait(&go);
	} else {
		arrive();
	}
	atomic_store(&running, 1);
	for (long round = 1;; round++) {
		while (atomic_load_explicit(&round_begun, memory_order_acquire) < round)
			if (atomic_load_explicit(&stop, memory_order_relaxed))
				return NULL;
		for (int i = 0; i < LINES; i++)
			slow[i].value = round;
		y.value = round;
		__asm__ volatile("" ::: "memory");
		r1.value = x.value;
		atomic_store(&round_done, round);
	}
}

/* Wakes the sibling, which waits for this CPU, and exits, or sleeps. */
static void *leaves(void *unused)
{
	arrive();
	sem_post(&go);
	if (sleeps)
		sem_wait(&never);
	return unused;
}

int main(int argc, char **argv)
{
	long rounds = argc == 3 ? atol(argv[2]) : 0, missed = 0, before;
	pthread_t one, other;

	if (rounds <= 0 || (strcmp(argv[1], "plain") && strcmp(argv[1], "sleep") &&
			    strcmp(argv[1], "exit"))) {
		fprintf(stderr, "usage: %s plain|sleep|exit ROUNDS\n", argv[0]);
		return 2;
	}
	int follows = strcmp(argv[1], "plain") != 0;

	sleeps = strcmp(argv[1], "sleep") == 0;
	pin(0, 11);
	sem_init(&go, 0, 0);
	sem_init(&never, 0, 0);
	pthread_create(&other, NULL, sibling, follows ? &go : NULL);
	if (follows)
		pthread_create(&one, NULL, leaves, NULL);
	while (!atomic_load(&arrived))
		usleep(100);
	membarrier(REGISTER_GLOBAL_EXPEDITED);
	atomic_store(&registered, 1);
	while (!atomic_load(&running))
		usleep(100);

	before = interrupts();
	for (long round = 1; round <= rounds; round++) {
		for (int i = 0; i < LINES; i++)
			slow[i].value = -round;
		y.value = -1;
		atomic_store(&round_begun, round);
		for (long wait = round % 128 * 4; wait > 0; wait--)
			__asm__ volatile("");
		x.value = round;
		membarrier(GLOBAL_EXPEDITED);
		long r0 = y.value;
		while (atomic_load(&round_done) < round)
			;
		missed += r0 != round && r1.value != round;
	}
	printf("%ld calls, %ld IPIs to CPU 1, %ld times both missed the other's store\n", rounds,
	       interrupts() - before, missed);
	atomic_store(&stop, 1);
	return missed != 0;
}
