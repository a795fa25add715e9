/* As much of HTTP/1.1 as a floor needs: where requests without a body end, and one fixed reply. */
#ifndef BENCH_HTTP_H
#define BENCH_HTTP_H

#include <string.h>

#define HTTP_REPLY                        \
    "HTTP/1.1 200 OK\r\n"                 \
    "Content-Type: text/plain\r\n"        \
    "Content-Length: 13\r\n"              \
    "\r\n"                                \
    "Hello, World!"

enum {
    HTTP_REPLY_BYTES = sizeof HTTP_REPLY - 1,
    HTTP_REPLIES = 64 /* that lie behind each other in memory, so that one send has them all */
};

static char http_replies[HTTP_REPLIES * HTTP_REPLY_BYTES];

static inline void http_open(void)
{
    for (int index = 0; index < HTTP_REPLIES; index++)
        memcpy(http_replies + index * HTTP_REPLY_BYTES, HTTP_REPLY, HTTP_REPLY_BYTES);
}

/* How many requests end in these bytes. `matched` is how much of "\r\n\r\n" the bytes before them
 * ended with. */
static inline unsigned http_requests(const char *bytes, unsigned count, unsigned char *matched)
{
    static const char end[] = "\r\n\r\n";
    unsigned requests = 0;
    for (unsigned index = 0; index < count; index++) {
        if (bytes[index] == end[*matched]) {
            if (++*matched == sizeof end - 1) {
                requests++;
                *matched = 0;
            }
        } else {
            *matched = bytes[index] == '\r';
        }
    }
    return requests;
}

#endif
