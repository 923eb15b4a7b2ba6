/*
 * session.h: who is asking. A session is a random token in a cookie; the database holds its hash. It ends after an idle limit and an
 * absolute one, and gets a new token at every sign-in.
 */
#ifndef APP_SESSION_H
#define APP_SESSION_H

#include "app/req.h"

/* Fills rq->who and rq->view.csrf from the cookie; a guest when there is none or it has ended. rq->ctx.db must be set. */
MUST_USE enum rc session_load(struct req *rq);
/* The row of a session is found by its token's hash alone. */
int64_t session_id_of(struct str token_hash);
/* In a WRITE handler: a new session for this account, its cookie, and the end of the old one. */
MUST_USE enum rc session_open(struct req *rq, int64_t account, bool staff, int64_t body);
/* "Firefox, Android" of a User-Agent; empty when it names nothing that we know. Pure. */
struct str session_device(struct arena *a, struct str user_agent);
MUST_USE enum rc session_close(struct req *rq);
/* The token that a form of this visitor must bring back. */
bool session_csrf_right(const struct req *rq);
/* Guests get a visitor cookie once a page of theirs holds a form. */
void session_visitor_cookie(struct req *rq);

#endif
