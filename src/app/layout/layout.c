#include "app/layout/layout.h"

#include "gen/messages.h"

struct str tone_class(enum tone t)
{
	static const struct str names[TONE_N] = { S_INIT("plain"), S_INIT("info"), S_INIT("good"), S_INIT("wait"), S_INIT("bad") };

	return names[(unsigned)t < TONE_N ? t : TONE_PLAIN];
}

enum tone deadline_tone(const struct deadline *d)
{
	if (d->done.v || d->stopped)
		return d->stopped ? TONE_INFO : TONE_GOOD;
	if (d->left < 0)
		return TONE_BAD;
	return d->left * 4 <= d->total ? TONE_WAIT : TONE_GOOD;
}

int64_t deadline_percent(const struct deadline *d)
{
	int64_t gone = d->total - d->left;

	if (d->done.v || gone >= d->total || d->total <= 0)
		return 100;
	return gone * 100 / d->total < 2 ? 2 : gone * 100 / d->total;
}

/* TO ADD A SECTION: a row here and its words in locale/LANG/layout.po; the pages of the section set page.nav to the same id. */
static const struct nav_item items[] = {
	{ MSG_LAYOUT_NAV_APPEALS, "/appeals", ANYONE, false },
	{ MSG_LAYOUT_NAV_MEETINGS, "/meetings", ANYONE, false },
	{ MSG_LAYOUT_NAV_PETITIONS, "/petitions", ANYONE, false },
	{ MSG_LAYOUT_NAV_RECEPTIONS, "/receptions", ANYONE, false },
	{ MSG_LAYOUT_NAV_BODIES, "/bodies", ANYONE, false },
	{ MSG_LAYOUT_NAV_NOW, "/now", ANYONE, false },
	{ MSG_LAYOUT_NAV_HELP, "/help", ANYONE, false },
	{ MSG_LAYOUT_NAV_DESK, "/desk", DESK | BIT(ROLE_PRESS), true },
	{ MSG_LAYOUT_NAV_MEETINGS, "/desk/meetings", DESK | BIT(ROLE_OPERATOR) | BIT(ROLE_MODERATOR), true },
	{ MSG_LAYOUT_NAV_RECEPTION_DESK, "/desk/reception", BIT(ROLE_HEAD) | BIT(ROLE_REGISTRAR) | BIT(ROLE_EXECUTOR) | BIT(ROLE_CONTROLLER) | BIT(ROLE_OPERATOR), true },
	{ MSG_LAYOUT_NAV_MODERATION, "/moderation", BIT(ROLE_MODERATOR), true },
	{ MSG_LAYOUT_NAV_INSIGHT, "/insight", BIT(ROLE_ANALYST) | BIT(ROLE_CONTROLLER) | BIT(ROLE_HEAD), true },
	{ MSG_LAYOUT_NAV_PEOPLE, "/admin/people", BIT(ROLE_ADMIN), true },
	{ MSG_LAYOUT_NAV_JOBS, "/admin/jobs", SITE_ADMIN, true },
};

size_t nav_items(const struct page *p, const struct nav_item **ret, size_t max)
{
	unsigned roles = p->req->who.roles;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(items) && n < max; i++)
		if (items[i].desk == p->desk && (items[i].who == ANYONE || (items[i].who & roles)))
			ret[n++] = &items[i];
	return n;
}

struct url nav_url(const struct view *v, const struct nav_item *i)
{
	return url_path(v->arena, i->path, 0, NULL);
}

/* A page drawn for a POST has no address of its own: the switch then leads to the canonical one, or home. */
struct str page_here(const struct view *v, const struct page *p)
{
	const struct http_request *http = p->req->http;

	if (http->method == HTTP_POST)
		return url_empty(p->canonical) ? S("/") : url_str(p->canonical);
	if (!http->query_text.n)
		return http->path;
	return str_fmt(v->arena, "%.*s?%.*s", STR_FMT(http->path), STR_FMT(http->query_text));
}

struct url page_feed(const struct view *v, const struct page *p)
{
	struct url u = { 0 };

	if (p->feed.n && !url_checked(v->arena, p->feed, &u))
		return (struct url){ 0 };
	return u;
}

bool page_signed_in(const struct page *p)
{
	return p->req->who.account != 0;
}
