/* conditional.h: ETag, If-None-Match, If-Modified-Since, Accept and Accept-Encoding (RFC 9110 8.8, 12.5, 13). */
#ifndef HTTP_CONDITIONAL_H
#define HTTP_CONDITIONAL_H

#include "http/http.h"

/* Quoted strong tag of these bytes. */
struct str http_etag_of(struct arena *a, struct str bytes);
/* Is the tag in a list of If-None-Match? Weak comparison. */
bool http_tag_matches(struct str list, struct str tag);
/* Sets ETag (if not empty) and Last-Modified (if set); true: the client has it, status is 304 and no body is to be made. */
bool http_not_modified(struct http_request *rq, struct str etag, struct when modified);
/* Which of the offered types the client prefers; SIZE_MAX: none (406). No Accept header takes the first. */
size_t http_accept(struct str accept, const char *const *offered, size_t n);
bool http_accepts_encoding(const struct http_request *rq, const char *coding);

#endif
