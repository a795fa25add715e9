/*
 * Runs a command with less than this process has, as a container or a careful administrator would:
 *
 *   confine [--deny-setup ERRNO] [--deny-register ERRNO] [--memlock BYTES] [--nofile COUNT]
 *           [--no-ipc-lock] COMMAND...
 *
 * --no-ipc-lock gives up CAP_IPC_LOCK, by which the superuser locks memory without a limit; other
 * users do not have it, and nothing is to be done for them.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fail(const char *what) {
    fprintf(stderr, "confine: %s: %s\n", what, strerror(errno));
    exit(126);
}

/* The filter looks at the number only: it is meant for a process of the architecture it runs on. */
static void deny(unsigned int number, unsigned int error) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fail("PR_SET_NO_NEW_PRIVS");
    }
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        fail("PR_SET_SECCOMP");
    }
}

static void limit(int resource, rlim_t value) {
    struct rlimit both = {.rlim_cur = value, .rlim_max = value};
    if (setrlimit(resource, &both) != 0) {
        fail("setrlimit");
    }
}

/* What is not in the bounding set, the superuser does not get back by execve(2). */
static void drop_ipc_lock(void) {
    if (geteuid() == 0 && prctl(PR_CAPBSET_DROP, CAP_IPC_LOCK, 0, 0, 0) != 0) {
        fail("PR_CAPBSET_DROP");
    }
}

int main(int argc, char **argv) {
    int at = 1;
    while (at + 1 < argc && strncmp(argv[at], "--", 2) == 0) {
        const char *option = argv[at];
        if (strcmp(option, "--no-ipc-lock") == 0) {
            drop_ipc_lock();
            at++;
            continue;
        }
        unsigned long value = strtoul(argv[at + 1], NULL, 10);
        if (strcmp(option, "--deny-setup") == 0) {
            deny(SYS_io_uring_setup, value);
        } else if (strcmp(option, "--deny-register") == 0) {
            deny(SYS_io_uring_register, value);
        } else if (strcmp(option, "--memlock") == 0) {
            limit(RLIMIT_MEMLOCK, value);
        } else if (strcmp(option, "--nofile") == 0) {
            limit(RLIMIT_NOFILE, value);
        } else {
            errno = EINVAL;
            fail(option);
        }
        at += 2;
    }
    if (at >= argc) {
        errno = EINVAL;
        fail("no command");
    }
    execv(argv[at], &argv[at]);
    fail(argv[at]);
}
