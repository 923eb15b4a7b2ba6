#include "notify/notify_jobs.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account/account.h"
#include "app/app.h"
#include "base/random.h"
#include "gen/account_sql.h"
#include "gen/notify_sql.h"
#include "notify/notify.h"
#include "standard/pack.h"

#define EMPTY_BATCH 5000
#define ON_THE_WAY (5 * WHEN_MINUTE) /* longer than a letter is in the hands of the mail server */

/* MIME (RFC 2045-2049, 5322) is written by libcurl; this file only names the parts. */

struct sending {
	struct ctx *c;
	struct mail_row mail;
	char reply[512]; /* last line of the other side */
};

static size_t keep_reply(char *p, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	struct str line = str_trim((struct str){ p, size * n });

	if (line.n >= sizeof(s->reply))
		line.n = sizeof(s->reply) - 1;
	memcpy(s->reply, line.p, line.n);
	s->reply[line.n] = '\0';
	return size * n;
}

/* RFC 2047 B encoding, in words of at most 45 bytes that do not split a letter. */
static struct str encoded_word(struct arena *a, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct out o = OUT_ON(a);

	while (s.n) {
		size_t n = s.n < 45 ? s.n : 45;

		while (n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
		OUT_LIT(&o, "=?UTF-8?B?");
		for (size_t i = 0; i < n; i += 3) {
			unsigned b0 = (unsigned char)s.p[i], b1 = i + 1 < n ? (unsigned char)s.p[i + 1] : 0,
				 b2 = i + 2 < n ? (unsigned char)s.p[i + 2] : 0;

			out_char(&o, digits[b0 >> 2]);
			out_char(&o, digits[(b0 & 3) << 4 | b1 >> 4]);
			out_char(&o, i + 1 < n ? digits[(b1 & 15) << 2 | b2 >> 6] : '=');
			out_char(&o, i + 2 < n ? digits[b2 & 63] : '=');
		}
		OUT_LIT(&o, "?=");
		s = str_from(s, n);
		if (s.n)
			OUT_LIT(&o, "\r\n ");
	}
	return out_done(&o);
}

/* A header is one line: what would end it is dropped. */
static struct str one_line(struct arena *a, struct str s)
{
	struct out o = OUT_ON(a);

	for (size_t i = 0; i < s.n; i++)
		out_char(&o, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
	return out_done(&o);
}

static struct curl_slist *headers(struct sending *s)
{
	struct arena *a = s->c->arena;
	const struct config *cfg = &s->c->app->config;
	struct curl_slist *l = NULL;
	struct str host = str_from(s->c->app->public_url, str_find(s->c->app->public_url, S("://"), 0) == SIZE_MAX ? 0 : 8);

	struct str date = when_http(a, s->c->now);

	/* RFC 5322: a letter without its date is taken for spam; the zone in digits */
	l = curl_slist_append(l, str_fmt(a, "Date: %.*s +0000", STR_FMT(str_sub(date, 0, date.n - 4))).p);
	l = curl_slist_append(l, str_fmt(a, "From: %.*s", STR_FMT(one_line(a, cfg->mail_from))).p);
	l = curl_slist_append(l, str_fmt(a, "To: %.*s", STR_FMT(one_line(a, s->mail.address))).p);
	l = curl_slist_append(l, str_fmt(a, "Subject: %.*s", STR_FMT(encoded_word(a, one_line(a, s->mail.subject)))).p);
	l = curl_slist_append(l, str_fmt(a, "Message-ID: <%lld@%.*s>", (long long)s->mail.id.v,
					 STR_FMT(str_sub(host, 0, str_find_byte(host, ':', 0)))).p);
	l = curl_slist_append(l, str_fmt(a, "Content-Language: %.*s", STR_FMT(s->mail.lang)).p);
	if (s->mail.unsubscribe.n) { /* RFC 2369, 8058: one tap, a POST without sign-in */
		l = curl_slist_append(l, str_fmt(a, "List-Unsubscribe: <%.*s>", STR_FMT(one_line(a, s->mail.unsubscribe))).p);
		l = curl_slist_append(l, "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
	}
	l = curl_slist_append(l, "Auto-Submitted: auto-generated");
	return curl_slist_append(l, "X-Auto-Response-Suppress: All");
}

static struct str bare_address(struct str from)
{
	size_t open = str_find_byte(from, '<', 0), close = str_find_byte(from, '>', 0);

	return open == SIZE_MAX || close == SIZE_MAX || close < open ? from : str_sub(from, open + 1, close - open - 1);
}

static void add_part(curl_mime *alt, struct str bytes, const char *type)
{
	curl_mimepart *part = curl_mime_addpart(alt);

	curl_mime_data(part, bytes.p, bytes.n);
	curl_mime_type(part, type);
	curl_mime_encoder(part, "quoted-printable");
}

static CURLcode smtp(struct sending *s, CURL *curl)
{
	struct arena *a = s->c->arena;
	const struct config *cfg = &s->c->app->config;
	curl_mime *alt = curl_mime_init(curl);
	struct curl_slist *to = curl_slist_append(NULL, str_fmt(a, "<%.*s>", STR_FMT(s->mail.address)).p), *head = headers(s);

	add_part(alt, s->mail.body_text, "text/plain; charset=utf-8");
	add_part(alt, s->mail.body_html, "text/html; charset=utf-8");
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, cfg->mail_url));
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_fmt(a, "<%.*s>", STR_FMT(bare_address(cfg->mail_from))).p);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head);
	curl_easy_setopt(curl, CURLOPT_MIMEPOST, alt);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_reply);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, s);
	CURLcode code = curl_easy_perform(curl);

	curl_mime_free(alt);
	curl_slist_free_all(to);
	curl_slist_free_all(head);
	return code;
}

/* 5xx is the other side's last word: no further try. Everything else may pass. */
static enum rc by_smtp(struct sending *s)
{
	CURL *curl = curl_easy_init();

	if (!curl)
		return RC_BUSY;
	CURLcode code = smtp(s, curl);
	long answer = 0;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	curl_easy_cleanup(curl);
	if (code == CURLE_OK)
		return RC_OK;
	s->c->fail_detail = str_fmt(s->c->arena, "smtp %ld: %s", answer, curl_easy_strerror(code));
	return answer >= 500 && answer < 600 ? RC_FORBIDDEN : RC_BUSY;
}

/* The demonstration: one file a letter, headers in front, as /demo/mail shows them. */
static enum rc into_folder(struct sending *s)
{
	struct arena *a = s->c->arena;
	const char *dir = str_fmt(a, "%.*s/mail", STR_FMT(s->c->app->config.data)).p;
	const char *path = str_fmt(a, "%s/%lld.txt", dir, (long long)s->mail.id.v).p;
	struct str all = str_fmt(a, "To: %.*s\nSubject: %.*s\nDate: %.*s\nLanguage: %.*s\n\n%.*s", STR_FMT(s->mail.address),
				 STR_FMT(one_line(a, s->mail.subject)), STR_FMT(when_iso(a, s->c->now)), STR_FMT(s->mail.lang),
				 STR_FMT(s->mail.body_text));

	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return RC_BUSY;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0)
		return RC_BUSY;
	bool ok = write(fd, all.p, all.n) == (ssize_t)all.n;

	close(fd);
	memcpy(s->reply, "250 in the folder", sizeof("250 in the folder"));
	return ok ? RC_OK : RC_BUSY;
}

/* Forms that anybody may fill in must not fill somebody's mailbox, and a code that works no more helps nobody. */
static enum rc load(struct sending *s, struct mail_id id, bool *ret_withhold)
{
	struct db *db;
	int64_t before;

	TRY(db_read_begin(s->c->app->db, s->c->arena, &db));
	enum rc rc = mail_by_id(db, id, &s->mail);

	if (rc == RC_OK)
		rc = mail_typed_before(db, id, LETTERS_TYPED, &before);
	db_read_end(db);
	*ret_withhold = rc == RC_OK && (before >= LETTERS_TYPED || (!s->c->app->demo && when_set(s->mail.once_ends_at) && s->mail.once_ends_at.us < s->c->now.us));
	return rc;
}

enum rc mail_send_outside(struct ctx *c, struct str payload, struct str *ret)
{
	struct sending s = { .c = c };
	bool withhold;
	int64_t id;

	if (c->app->config.mail_off)
		return RC_BUSY;
	if (!str_to_i64(payload, &id))
		return RC_INVALID;
	TRY(load(&s, (struct mail_id){ id }, &withhold));
	enum rc rc = RC_OK;

	if (withhold) {
		*ret = str_fmt(c->arena, "%lld withheld ", (long long)id);
		return RC_OK;
	}
	if (str_eq(s.mail.state, S("queued")))
		rc = c->app->config.mail_url.n ? by_smtp(&s) : into_folder(&s);
	if (rc != RC_OK && rc != RC_FORBIDDEN)
		return rc;
	*ret = str_fmt(c->arena, "%lld %s %s", (long long)id, rc == RC_OK ? "sent" : "refused", s.reply);
	return RC_OK;
}

static enum rc forget_once(struct ctx *c, struct mail_id id)
{
	int64_t changed;

	return c->app->demo ? RC_OK : mail_forget_once(c->db, id, &changed);
}

enum rc mail_send_run(struct ctx *c, struct str payload)
{
	struct str rest = payload, id_text = S(""), what = S("");
	int64_t id, changed;

	if (!str_cut(&rest, ' ', &id_text) || !str_cut(&rest, ' ', &what) || !str_to_i64(id_text, &id))
		return RC_INVALID;
	struct mail_id mail = { id };
	struct str reply = rest.p ? rest : S("");
	bool sent = str_eq(what, S("sent"));
	struct mail_row m;

	if (str_eq(what, S("withheld"))) {
		TRY(mail_withheld(c->db, mail, &changed));
		return forget_once(c, mail);
	}
	TRY(mail_by_id(c->db, mail, &m));
	struct str key = account_email_key(c->arena, m.address);

	TRY(sent ? mail_sent(c->db, mail, reply, c->now, &changed) : mail_refused(c->db, mail, reply, &changed));
	if (!changed)
		return RC_OK;
	TRY(forget_once(c, mail));
	return sent ? account_mail_arrived(c->db, key, &changed) : account_mail_refused(c->db, key, c->now, &changed);
}

enum rc mail_empty(struct ctx *c, struct str payload)
{
	int64_t days = pack_clause(c->app->pack, "letters_keep", when_day(c->now))->value, changed;

	(void)payload;
	if (c->app->demo)
		return RC_OK;
	TRY(mail_forget_ended(c->db, when_add(c->now, -ON_THE_WAY), EMPTY_BATCH, &changed));
	return mail_empty_old(c->db, when_add(c->now, -days * WHEN_DAY), EMPTY_BATCH, &changed);
}
