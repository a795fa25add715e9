/* As much of io_uring as the benchmarks need, over raw system calls: a ring confined to one thread,
 * and a pool of provided buffers. Wants Linux 6.6 or later; the installed kernel header may be as
 * old as 6.1, so what came later is defined here. */
#ifndef BENCH_URING_H
#define BENCH_URING_H

#include <linux/io_uring.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "net.h"

#ifndef IORING_SETUP_NO_SQARRAY
#define IORING_SETUP_NO_SQARRAY (1U << 16) /* Linux 6.6 */
#endif
#ifndef IORING_ENTER_NO_IOWAIT
#define IORING_ENTER_NO_IOWAIT (1U << 7) /* Linux 6.15 */
#endif
#ifndef IORING_FEAT_NO_IOWAIT
#define IORING_FEAT_NO_IOWAIT (1U << 17) /* Linux 6.15 */
#endif

/* The flags are those of the Java rings, so that both ask the same of the kernel. DEFER_TASKRUN is
 * the one that matters: completions are worked off inside our own enter, in batches, instead of
 * interrupting us one by one. */
enum {
    RING_FLAGS = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN |
                 IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CLAMP |
                 IORING_SETUP_CQSIZE | IORING_SETUP_NO_SQARRAY
};

struct uring {
    int fd;
    unsigned registered_index; /* of fd in the thread's table: spares a file look-up per enter */
    unsigned enter_flags;
    uint64_t enters;

    /* Submission queue: we own the tail, the kernel moves the head while it is inside enter. */
    unsigned *sq_head, *sq_tail;
    unsigned sq_entries, sq_local_tail;
    struct io_uring_sqe *sqes;

    /* Completion queue: the kernel owns the tail, we own the head. */
    unsigned *cq_head, *cq_tail;
    unsigned cq_mask, cq_local_head;
    struct io_uring_cqe *cqes;
};

struct completion {
    uint64_t user_data;
    int result;
    unsigned flags;
};

static inline void *map_or_die(size_t bytes, int flags, int fd, off_t offset)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, fd, offset);
    if (memory == MAP_FAILED)
        die("mmap of %zu bytes: %s", bytes, strerror(errno));
    return memory;
}

static inline void uring_open(struct uring *ring, unsigned sq_entries, unsigned cq_entries)
{
    struct io_uring_params params = {.flags = RING_FLAGS, .cq_entries = cq_entries};
    ring->fd = (int)syscall(SYS_io_uring_setup, sq_entries, &params);
    if (ring->fd < 0)
        die("io_uring_setup: %s (Linux 6.6 or later is needed, kernel.io_uring_disabled must be 0"
            " and no seccomp filter may deny it)", strerror(errno));

    size_t cq_end = params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe);
    char *queues = map_or_die(cq_end, MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQ_RING);
    ring->sqes = map_or_die(params.sq_entries * sizeof(struct io_uring_sqe),
                            MAP_SHARED | MAP_POPULATE, ring->fd, IORING_OFF_SQES);
    ring->sq_head = (unsigned *)(queues + params.sq_off.head);
    ring->sq_tail = (unsigned *)(queues + params.sq_off.tail);
    ring->sq_entries = params.sq_entries;
    ring->sq_local_tail = *ring->sq_tail;
    ring->cq_head = (unsigned *)(queues + params.cq_off.head);
    ring->cq_tail = (unsigned *)(queues + params.cq_off.tail);
    ring->cq_mask = params.cq_entries - 1;
    ring->cq_local_head = *ring->cq_head;
    ring->cqes = (struct io_uring_cqe *)(queues + params.cq_off.cqes);

    struct io_uring_rsrc_update update = {.offset = -1U, .data = (unsigned)ring->fd};
    if (syscall(SYS_io_uring_register, ring->fd, IORING_REGISTER_RING_FDS, &update, 1) != 1)
        die("registering the ring's descriptor: %s", strerror(errno));
    ring->registered_index = update.offset;
    ring->enter_flags = IORING_ENTER_REGISTERED_RING;
    /* Without this the time that we wait for packets is shown as I/O wait. */
    if (params.features & IORING_FEAT_NO_IOWAIT)
        ring->enter_flags |= IORING_ENTER_NO_IOWAIT;
    ring->enters = 0;
}

/* Submits everything prepared; waits for min_complete completions, at most as long as the timeout
 * (NULL: for ever). Being interrupted, timing out, or a kernel short of memory for the moment are
 * no errors: what was not submitted stays in the queue for the next call. */
static inline void uring_enter(struct uring *ring, unsigned min_complete,
                               const struct __kernel_timespec *timeout)
{
    __atomic_store_n(ring->sq_tail, ring->sq_local_tail, __ATOMIC_RELEASE);
    __atomic_store_n(ring->cq_head, ring->cq_local_head, __ATOMIC_RELEASE);
    unsigned to_submit = ring->sq_local_tail - __atomic_load_n(ring->sq_head, __ATOMIC_ACQUIRE);
    struct io_uring_getevents_arg argument = {.ts = (uintptr_t)timeout};
    unsigned flags = ring->enter_flags | IORING_ENTER_GETEVENTS;
    long result;
    ring->enters++;
    if (timeout)
        result = syscall(SYS_io_uring_enter, ring->registered_index, to_submit, min_complete,
                         flags | IORING_ENTER_EXT_ARG, &argument, sizeof argument);
    else
        result = syscall(SYS_io_uring_enter, ring->registered_index, to_submit, min_complete,
                         flags, NULL, 0);
    if (result < 0 && errno != EINTR && errno != ETIME && errno != EAGAIN && errno != EBUSY)
        die("io_uring_enter: %s", strerror(errno));
}

/* The next free submission entry, zeroed. A full queue is submitted first, without waiting. */
static inline struct io_uring_sqe *uring_sqe(struct uring *ring)
{
    while (ring->sq_local_tail - __atomic_load_n(ring->sq_head, __ATOMIC_ACQUIRE) ==
           ring->sq_entries)
        uring_enter(ring, 0, NULL);
    struct io_uring_sqe *sqe = &ring->sqes[ring->sq_local_tail++ & (ring->sq_entries - 1)];
    memset(sqe, 0, sizeof *sqe);
    return sqe;
}

/* Where the completions that are there now end: the handler loops from cq_local_head to it. */
static inline unsigned uring_cq_end(const struct uring *ring)
{
    return __atomic_load_n(ring->cq_tail, __ATOMIC_ACQUIRE);
}

/* Takes the oldest completion. It is a copy: a handler that fills the submission queue enters, and
 * then the kernel may reuse the place. */
static inline struct completion uring_take(struct uring *ring)
{
    const struct io_uring_cqe *cqe = &ring->cqes[ring->cq_local_head++ & ring->cq_mask];
    return (struct completion){cqe->user_data, cqe->res, cqe->flags};
}

static inline void uring_accept(struct uring *ring, int listener, uint64_t user_data)
{
    struct io_uring_sqe *sqe = uring_sqe(ring);
    sqe->opcode = IORING_OP_ACCEPT;
    sqe->ioprio = IORING_ACCEPT_MULTISHOT;
    sqe->fd = listener;
    /* Not SOCK_NONBLOCK: that would make a send that has to wait fail with EAGAIN. */
    sqe->accept_flags = SOCK_CLOEXEC;
    sqe->user_data = user_data;
}

static inline void uring_receive(struct uring *ring, int fd, uint64_t user_data)
{
    struct io_uring_sqe *sqe = uring_sqe(ring);
    sqe->opcode = IORING_OP_RECV;
    sqe->flags = IOSQE_BUFFER_SELECT;
    sqe->ioprio = IORING_RECV_MULTISHOT;
    sqe->fd = fd;
    sqe->user_data = user_data; /* buf_group stays 0: the one pool below */
}

static inline struct io_uring_sqe *uring_send(struct uring *ring, int fd, const void *data,
                                              unsigned bytes, uint64_t user_data)
{
    struct io_uring_sqe *sqe = uring_sqe(ring);
    sqe->opcode = IORING_OP_SEND;
    sqe->fd = fd;
    sqe->addr = (uintptr_t)data;
    sqe->len = bytes;
    sqe->msg_flags = MSG_NOSIGNAL;
    sqe->user_data = user_data;
    return sqe;
}

/* Provided buffers. The kernel takes them from its ring first in, first out, so a large ring would
 * walk through all its memory and never find a buffer in the cache. Hence only a window of them is
 * published; the others wait on a stack, the one used last on top. A shortage widens the window. */
enum {
    POOL_BUFFERS = 4096, /* a power of two */
    POOL_BUFFER_BYTES = 4096,
    POOL_FIRST_WINDOW = 64,
    /* Buffers a page apart would all compete for the same few sets of the cache. */
    POOL_STRIDE_BYTES = POOL_BUFFER_BYTES + 64
};

struct pool {
    struct io_uring_buf_ring *ring;
    char *memory;
    uint16_t tail;
    unsigned published; /* in the kernel's ring now */
    unsigned window;    /* how many to keep there */
    bool ran_short;     /* since the last pool_publish */
    unsigned free_count;
    uint16_t free[POOL_BUFFERS];
};

static inline char *pool_data(const struct pool *pool, unsigned buffer_id)
{
    return pool->memory + (size_t)buffer_id * POOL_STRIDE_BYTES;
}

static inline void pool_open(struct pool *pool, const struct uring *ring)
{
    const int private = MAP_PRIVATE | MAP_ANONYMOUS;
    *pool = (struct pool){.window = POOL_FIRST_WINDOW};
    pool->memory = map_or_die((size_t)POOL_BUFFERS * POOL_STRIDE_BYTES, private, -1, 0);
    pool->ring = map_or_die(POOL_BUFFERS * sizeof(struct io_uring_buf), private, -1, 0);
    struct io_uring_buf_reg registration = {
        .ring_addr = (uintptr_t)pool->ring,
        .ring_entries = POOL_BUFFERS,
    };
    if (syscall(SYS_io_uring_register, ring->fd, IORING_REGISTER_PBUF_RING, &registration, 1))
        die("registering the buffer ring: %s", strerror(errno));
    for (int id = POOL_BUFFERS - 1; id >= 0; id--)
        pool->free[pool->free_count++] = (uint16_t)id;
}

/* Notes that this completion took a buffer out of the kernel's ring, and returns its id. */
static inline unsigned pool_taken(struct pool *pool, const struct completion *completion)
{
    pool->published--;
    return completion->flags >> IORING_CQE_BUFFER_SHIFT;
}

static inline void pool_put_back(struct pool *pool, unsigned buffer_id)
{
    pool->free[pool->free_count++] = (uint16_t)buffer_id;
}

/* Fills the window from the stack; to be called once per turn, before the enter. */
static inline void pool_publish(struct pool *pool)
{
    if (pool->ran_short && pool->window < POOL_BUFFERS)
        pool->window *= 2;
    pool->ran_short = false;
    while (pool->published < pool->window && pool->free_count > 0) {
        uint16_t id = pool->free[--pool->free_count];
        /* Field by field: the ring's tail lies in the unused part of the first entry. */
        struct io_uring_buf *entry = &pool->ring->bufs[pool->tail++ & (POOL_BUFFERS - 1)];
        entry->addr = (uintptr_t)pool_data(pool, id);
        entry->len = POOL_BUFFER_BYTES;
        entry->bid = id;
        pool->published++;
    }
    __atomic_store_n(&pool->ring->tail, pool->tail, __ATOMIC_RELEASE);
}

#endif
