/*
 * file.h: photos and documents that people send. Bytes lie in DATA/files by their SHA-256, on disk before a row names them. Images are decoded
 * and drawn anew as JPEG in a process of their own (image_worker.c), so EXIF, GPS and whatever else was hidden in them is gone; PDF is kept
 * as it is and only ever sent as an attachment. Everything else is refused.
 */
#ifndef FILE_FILE_H
#define FILE_FILE_H

#include "app/ctx.h"
#include "http/http.h"

enum file_type { FILE_NONE, FILE_JPEG, FILE_PNG, FILE_WEBP, FILE_PDF };

/* By the first bytes, never by the name or by what the sender claims. */
enum file_type file_sniff(struct str bytes);

struct stored_file {
	struct str sha256; /* 64 hex digits */
	struct str type;   /* media type as it will be sent */
	struct str name;   /* cleaned: no path, no control characters, at most 80 code points, the right ending */
	int64_t size;
	bool located;      /* the photo said where it was taken; what is stored does not */
	double lat, lon;
};

/*
 * In lane SLOW (no transaction): checks, draws images anew, writes to disk with fsync. RC_TOO_LARGE above the setting file-max,
 * RC_INVALID with a message id in c->fail_msg when it is no image and no PDF or cannot be read.
 */
MUST_USE enum rc file_store(struct ctx *c, const struct http_file *sent, struct stored_file *ret);
/* The bytes of a stored file; RC_NOT_FOUND. Checks the sum: a file that was changed on disk is not given out. */
MUST_USE enum rc file_load(struct ctx *c, struct str sha256, struct str *ret);

/* Before a row is written for a file that was stored a while ago, by a page that waited for its person: false when it is gone. Makes it young again. */
bool file_keep(const struct ctx *c, struct str sha256);
/* Held for a moment: shared by what makes a stored file young, alone by what removes an old one (file_sweep.h). To be closed; -1: cannot be had. */
int file_lock(const struct ctx *c, bool alone);

/* The process that draws images anew: reads one on stdin, writes JPEG on stdout. Called by main() for `jauap image-worker`. */
int image_worker(void);

#endif
