/*
 * rc.h: how a call ends.
 *
 * Three kinds of failure. Expected ones are a value of enum rc (and a message id in the context).
 * Failures of the environment are RC_BUSY or RC_INTERNAL, logged once at the edge of the request.
 * Bugs are assert(), which stays on in production.
 */
#ifndef BASE_RC_H
#define BASE_RC_H

enum rc {
	RC_OK,
	RC_NOT_FOUND, /* 404: no such thing, or not for this reader to know of */
	RC_GONE,      /* 410: it was here and was taken away on purpose */
	RC_FORBIDDEN, /* 403: the thing may be known of, but not by this role */
	RC_INVALID,   /* 400/422: the input says something that cannot be */
	RC_CONFLICT,  /* 409: the state of the thing does not allow it */
	RC_DUPLICATE, /* 409: a unique value is there already */
	RC_LIMIT,     /* 429: too many, too fast */
	RC_TOO_LARGE, /* 413 */
	RC_BUSY,      /* 503: the environment refuses just now; a retry may work */
	RC_RETRY,     /* inside lib/db: serialization failure or deadlock, run the transaction again */
	RC_INTERNAL,  /* 500 */
	RC_N
};

#define MUST_USE __attribute__((warn_unused_result))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define FORMAT(fmt, first) __attribute__((format(printf, fmt, first)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Passes a failure up untouched. The only control-flow macro of the house. */
#define TRY(expr)                                                                                  \
	do {                                                                                       \
		enum rc rc_try_ = (expr);                                                          \
		if (rc_try_ != RC_OK)                                                              \
			return rc_try_;                                                            \
	} while (0)

/* A failure that is of no interest here, said so that it can be found by name. */
static inline void rc_ignore(enum rc rc)
{
	(void)rc;
}

/* "not_found" and so on, for logs and the JSON interface; never NULL. */
const char *rc_name(enum rc rc);

#endif
