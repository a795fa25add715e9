/* What is streamed: a pattern that repeats after 64 KiB, the same in every program. */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

enum {
    PATTERN_BYTES = 1 << 16,
    PIECE_BYTES = 1 << 20, /* of one call, at the most */
    LINE_BYTES_MAX = 20
};

/* So long that a piece can begin anywhere in the first 64 KiB. */
static char pattern[PATTERN_BYTES + PIECE_BYTES];

static inline void pattern_open(void)
{
    for (unsigned index = 0; index < sizeof pattern; index++) {
        unsigned place = index % PATTERN_BYTES;
        pattern[index] = (char)(place * 31 + (place >> 8));
    }
}

#endif
