/*
 * out.h: text under construction. Sticky: write two hundred times, look at ->failed once.
 *
 * Grows inside its arena (the last block is given up when it grows; the arena takes it back in the
 * end). Reaching the limit sets failed and drops the rest. Escaping is html/html.h's work.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stdint.h>

#include "base/str.h"

struct out {
	struct arena *arena;
	char *p;
	size_t n, cap;
	size_t limit; /* bytes; 0 means 16 MiB */
	bool failed;
};

#define OUT_ON(arena_) ((struct out){ .arena = (arena_) })

void out_bytes(struct out *o, const void *p, size_t n);
void out_str(struct out *o, struct str s); /* as it is, no escaping */
void out_char(struct out *o, char c);
void out_i64(struct out *o, int64_t v);
void out_fmt(struct out *o, const char *fmt, ...) FORMAT(2, 3);
#define OUT_LIT(o, literal) out_bytes((o), "" literal, sizeof(literal) - 1)
/* JSON string with its quotes; the bytes must be UTF-8. */
void out_json_str(struct out *o, struct str s);
/* What stands there so far; stays valid until the next write. Empty when failed. */
struct str out_done(const struct out *o);

#endif
