/* The floor: an echo server in C on one thread and one io_uring, of the best design known to us.
 *
 *   echo_uring PORT        (0: any free port; listens on 127.0.0.1)
 *
 * One multishot accept; one multishot receive per connection, all on one pool of provided buffers;
 * a reply is sent from the very buffer that was received into, which goes back to the pool when the
 * send completes; one io_uring_enter per turn submits everything and waits. Prints "ready port=..."
 * when it serves, and on SIGTERM or SIGINT one line "report ..." with its counters.
 *
 * A benchmark, not a product: a peer that sends and never reads can take all the buffers. */
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

#include "uring.h"

enum { SQ_ENTRIES = 1024, CQ_ENTRIES = 8192, BACKLOG = 4096 };

/* A user_data is a descriptor and one of these. No generation is needed: a descriptor is closed
 * only when nothing is in flight on it, so no late completion can meet its successor. */
enum kind { ACCEPT, ACCEPT_RETRY, RECEIVE, SEND, CLOSE, STOP };

enum receiving {
    ENDED,   /* end of stream, or an error: never armed again */
    ARMED,   /* the multishot is in flight */
    STARVED, /* ended by a lack of buffers: on the list, armed again when there are some */
};

/* Indexed by descriptor. Buffers received and not yet echoed are a queue linked by id. */
struct connection {
    enum receiving receiving;
    bool sending; /* exactly one send in flight: two could overtake each other */
    bool broken;  /* a send or the receive failed: what is queued is dropped */
    unsigned queued;
    unsigned sent_bytes; /* of the first buffer in the queue */
    uint16_t first_id, last_id;
    int next_starved;
};

static struct uring ring;
static struct pool pool;
static struct connection *connections;
static int listener;

static struct {
    unsigned bytes;
    uint16_t next_id;
} received[POOL_BUFFERS];

static int first_starved = -1, last_starved = -1;
static uint64_t message_count, accept_count, close_count, starved_count;
static bool stopped;

static uint64_t user_data(enum kind kind, int fd)
{
    return (uint64_t)fd << 8 | kind;
}

static void arm_accept(void)
{
    uring_accept(&ring, listener, user_data(ACCEPT, 0));
}

/* Accepts again after a while: at once would only meet the same shortage, for ever. */
static void arm_accept_later(void)
{
    static const struct __kernel_timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    struct io_uring_sqe *sqe = uring_sqe(&ring);
    sqe->opcode = IORING_OP_TIMEOUT;
    sqe->addr = (uintptr_t)&pause;
    sqe->len = 1;
    sqe->user_data = user_data(ACCEPT_RETRY, 0);
}

static void arm_receive(int fd)
{
    connections[fd].receiving = ARMED;
    uring_receive(&ring, fd, user_data(RECEIVE, fd));
}

static void starve(int fd)
{
    connections[fd].receiving = STARVED;
    connections[fd].next_starved = -1;
    if (first_starved < 0)
        first_starved = fd;
    else
        connections[last_starved].next_starved = fd;
    last_starved = fd;
    pool.ran_short = true;
    starved_count++;
}

static void send_first(int fd)
{
    struct connection *connection = &connections[fd];
    unsigned id = connection->first_id;
    connection->sending = true;
    uring_send(&ring, fd, pool_data(&pool, id) + connection->sent_bytes,
               received[id].bytes - connection->sent_bytes, user_data(SEND, fd));
}

static void drop_first(struct connection *connection)
{
    unsigned id = connection->first_id;
    connection->first_id = received[id].next_id;
    connection->queued--;
    connection->sent_bytes = 0;
    pool_put_back(&pool, id);
}

/* Drops what is queued, except what the kernel is still sending from. */
static void drop_queue(struct connection *connection)
{
    if (connection->sending)
        return; /* its completion comes here again */
    while (connection->queued > 0)
        drop_first(connection);
}

static void close_when_idle(int fd)
{
    struct connection *connection = &connections[fd];
    if (connection->receiving != ENDED || connection->sending || connection->queued > 0)
        return;
    struct io_uring_sqe *sqe = uring_sqe(&ring);
    sqe->opcode = IORING_OP_CLOSE;
    sqe->fd = fd;
    sqe->user_data = user_data(CLOSE, fd);
    close_count++;
}

static void on_accept(const struct completion *completion)
{
    bool armed = completion->flags & IORING_CQE_F_MORE;
    switch (completion->result) {
    case -EMFILE:
    case -ENFILE:
    case -ENOBUFS:
    case -ENOMEM:
        arm_accept_later();
        return;
    case -EBADF:
    case -EINVAL:
    case -ENOTSOCK:
    case -EOPNOTSUPP:
        die("accept: %s", strerror(-completion->result));
    }
    if (completion->result >= 0) { /* other errors are those of one peer: it has gone again */
        connections[completion->result] = (struct connection){.receiving = ENDED};
        accept_count++;
        arm_receive(completion->result);
    }
    if (!armed)
        arm_accept();
}

static void on_receive(int fd, const struct completion *completion)
{
    struct connection *connection = &connections[fd];
    if (completion->result > 0) {
        unsigned id = pool_taken(&pool, completion);
        received[id].bytes = (unsigned)completion->result;
        if (connection->queued++ == 0)
            connection->first_id = (uint16_t)id;
        else
            received[connection->last_id].next_id = (uint16_t)id;
        connection->last_id = (uint16_t)id;
        message_count++;
        if (connection->broken)
            drop_queue(connection);
        else if (!connection->sending)
            send_first(fd);
    } else if (completion->flags & IORING_CQE_F_BUFFER) {
        pool_put_back(&pool, pool_taken(&pool, completion));
    }
    if (completion->flags & IORING_CQE_F_MORE)
        return;
    if (completion->result > 0) { /* for instance the completion queue was nearly full */
        arm_receive(fd);
    } else if (completion->result == -ENOBUFS) {
        starve(fd);
    } else {
        connection->receiving = ENDED;
        if (completion->result < 0) {
            connection->broken = true;
            drop_queue(connection);
        }
        close_when_idle(fd);
    }
}

static void on_send(int fd, const struct completion *completion)
{
    struct connection *connection = &connections[fd];
    connection->sending = false;
    if (completion->result <= 0 && !connection->broken) {
        connection->broken = true;
        /* Ends the receive too, if the failure itself has not. Its completion closes. */
        shutdown(fd, SHUT_RDWR);
    }
    if (connection->broken) {
        drop_queue(connection);
    } else {
        connection->sent_bytes += (unsigned)completion->result;
        if (connection->sent_bytes == received[connection->first_id].bytes)
            drop_first(connection);
        if (connection->queued > 0) { /* the rest of a short send, or the next buffer */
            send_first(fd);
            return;
        }
    }
    close_when_idle(fd);
}

/* Arms as many starved connections as there are buffers for them. */
static void feed_starved(void)
{
    for (unsigned buffers = pool.published; first_starved >= 0 && buffers > 0; buffers--) {
        int fd = first_starved;
        first_starved = connections[fd].next_starved;
        if (connections[fd].broken) {
            connections[fd].receiving = ENDED;
            close_when_idle(fd);
        } else {
            arm_receive(fd);
        }
    }
}

static void on_completion(const struct completion *completion)
{
    int fd = (int)(completion->user_data >> 8);
    switch ((enum kind)(completion->user_data & 0xff)) {
    case ACCEPT:
        on_accept(completion);
        break;
    case ACCEPT_RETRY:
        arm_accept();
        break;
    case RECEIVE:
        on_receive(fd, completion);
        break;
    case SEND:
        on_send(fd, completion);
        break;
    case CLOSE: /* nothing to do: the slot was free already */
        break;
    case STOP:
        stopped = true;
        break;
    }
}

/* SIGTERM and SIGINT become a completion: nothing to check per turn, no window to miss one in. */
static void arm_stop(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    struct io_uring_sqe *sqe = uring_sqe(&ring);
    sqe->opcode = IORING_OP_POLL_ADD;
    sqe->fd = signalfd(-1, &signals, SFD_CLOEXEC);
    sqe->poll32_events = POLLIN;
    sqe->user_data = user_data(STOP, 0);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2)
        die("usage: echo_uring PORT");
    long descriptors = raise_file_limit();
    connections = map_or_die((size_t)descriptors * sizeof *connections,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    uring_open(&ring, SQ_ENTRIES, CQ_ENTRIES);
    pool_open(&pool, &ring);
    arm_stop();
    listener = listen_or_die(arguments[1], BACKLOG);
    arm_accept();
    while (!stopped) {
        pool_publish(&pool);
        feed_starved();
        uring_enter(&ring, 1, NULL);
        for (unsigned end = uring_cq_end(&ring); ring.cq_local_head != end;) {
            struct completion completion = uring_take(&ring);
            on_completion(&completion);
        }
    }
    printf("report messages=%lu enters=%lu accepted=%lu open=%lu starved=%lu buffers-published=%u"
           " buffers-missing=%u\n",
           message_count, ring.enters, accept_count, accept_count - close_count, starved_count,
           pool.published, POOL_BUFFERS - pool.published - pool.free_count);
    return 0;
}
