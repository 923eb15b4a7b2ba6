/* form.c: fields of forms and queries (WHATWG URL, RFC 7578). Over whole bodies in memory; every loop has a limit. */
#include "base/utf8.h"
#include "base/vec.h"
#include "http/inner.h"

#define PARTS_MAX 200
#define PART_HEAD_MAX 2048
#define FILES_MAX 20

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum rc percent_decode(struct arena *a, struct str s, bool plus, struct str *ret)
{
	char *p = arena_try(a, s.n + 1);
	size_t n = 0;

	if (!p)
		return RC_TOO_LARGE;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%') {
			int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return RC_INVALID;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c == '\0')
			return RC_INVALID;
		p[n++] = c;
	}
	return utf8_clean(a, (struct str){ p, n }, ret);
}

enum rc path_clean(struct arena *a, struct str raw, struct str *ret)
{
	struct str path, rest, part;

	if (!raw.n || raw.p[0] != '/')
		return RC_INVALID;
	TRY(percent_decode(a, raw, false, &path));
	if (str_find_byte(path, '\\', 0) != SIZE_MAX || str_find_byte(path, '\n', 0) != SIZE_MAX ||
	    str_find(path, S("//"), 0) != SIZE_MAX)
		return RC_INVALID;
	rest = path;
	while (str_cut(&rest, '/', &part))
		if (str_eq(part, S(".")) || str_eq(part, S("..")))
			return RC_INVALID;
	if (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--; /* /appeals/ is /appeals */
	*ret = path;
	return RC_OK;
}

enum rc form_urlencoded(struct arena *a, struct str text, size_t fields_max, struct http_pair **ret, size_t *ret_n)
{
	VEC(struct http_pair) pairs = { 0 };
	struct str rest = text, one;

	while (text.n && str_cut(&rest, '&', &one)) {
		size_t eq = str_find_byte(one, '=', 0);

		if (!one.n)
			continue;
		if (pairs.n == fields_max)
			return RC_TOO_LARGE;
		struct http_pair *p = VEC_ADD(a, &pairs);

		TRY(percent_decode(a, str_sub(one, 0, eq), true, &p->name));
		TRY(percent_decode(a, eq == SIZE_MAX ? S("") : str_from(one, eq + 1), true, &p->value));
		if (!p->value.p)
			p->value = S("");
	}
	*ret = pairs.v;
	*ret_n = pairs.n;
	return RC_OK;
}

/* name="value" of a Content-Disposition or Content-Type line; quotes optional, backslash escapes as browsers send them (%22). */
static bool parameter(struct str line, struct str name, struct str *ret)
{
	size_t at = 0;

	while ((at = str_find_byte(line, ';', at)) != SIZE_MAX) {
		struct str rest = str_trim(str_from(line, ++at));

		if (rest.n <= name.n || !str_eq_nocase(str_sub(rest, 0, name.n), name) || rest.p[name.n] != '=')
			continue;
		rest = str_from(rest, name.n + 1);
		if (rest.n && rest.p[0] == '"') {
			size_t end = str_find_byte(rest, '"', 1);

			if (end == SIZE_MAX)
				return false;
			*ret = str_sub(rest, 1, end - 1);
		} else {
			*ret = str_trim(str_sub(rest, 0, str_find_byte(rest, ';', 0)));
		}
		return true;
	}
	return false;
}

struct part {
	struct str name, file_name, type, bytes;
	bool is_file;
};

static enum rc part_head(struct str head, struct part *p)
{
	struct str line;

	while (str_cut(&head, '\n', &line)) {
		line = str_trim(line);
		if (str_eq_nocase(str_sub(line, 0, 20), S("content-disposition:"))) {
			if (!parameter(line, S("name"), &p->name))
				return RC_INVALID;
			p->is_file = parameter(line, S("filename"), &p->file_name);
		} else if (str_eq_nocase(str_sub(line, 0, 13), S("content-type:"))) {
			p->type = str_trim(str_from(line, 13));
		}
	}
	return p->name.n ? RC_OK : RC_INVALID;
}

/* Cuts the next part off *rest, which begins behind a delimiter line. */
static enum rc next_part(struct str *rest, struct str delimiter, struct part *ret)
{
	size_t head_end = str_find(*rest, S("\r\n\r\n"), 0);

	if (head_end == SIZE_MAX || head_end > PART_HEAD_MAX)
		return RC_INVALID;
	size_t end = str_find(*rest, delimiter, head_end + 2);

	if (end == SIZE_MAX)
		return RC_INVALID;
	*ret = (struct part){ .bytes = end < head_end + 4 ? S("") : str_sub(*rest, head_end + 4, end - head_end - 4) };
	TRY(part_head(str_sub(*rest, 0, head_end), ret));
	*rest = str_from(*rest, end + delimiter.n);
	return RC_OK;
}

static enum rc clean_or_refuse(struct arena *a, struct str s, struct str *ret)
{
	TRY(utf8_clean(a, s, ret));
	if (!ret->p)
		*ret = S("");
	return RC_OK;
}

enum rc form_multipart(struct arena *a, struct str body, struct str content_type, size_t fields_max, struct http_pair **ret,
		       size_t *ret_n, struct http_file **ret_files, size_t *ret_n_files)
{
	VEC(struct http_pair) pairs = { 0 };
	VEC(struct http_file) files = { 0 };
	struct str boundary, delimiter;

	if (!parameter(content_type, S("boundary"), &boundary) || !boundary.n || boundary.n > 70)
		return RC_INVALID;
	delimiter = str_cat(a, S("\r\n--"), boundary);
	struct str rest = body;

	if (!str_starts(rest, str_from(delimiter, 2)))
		return RC_INVALID;
	rest = str_from(rest, delimiter.n - 2);
	for (size_t n = 0; !str_starts(rest, S("--")); n++) {
		struct part p;

		if (n == PARTS_MAX)
			return RC_TOO_LARGE;
		if (!str_starts(rest, S("\r\n")))
			return RC_INVALID;
		rest = str_from(rest, 2);
		TRY(next_part(&rest, delimiter, &p));
		if (p.is_file && !p.bytes.n && !p.file_name.n)
			continue; /* an empty file input */
		if (p.is_file) {
			if (files.n == FILES_MAX)
				return RC_TOO_LARGE;
			struct http_file *f = VEC_ADD(a, &files);

			f->bytes = p.bytes;
			TRY(clean_or_refuse(a, p.name, &f->field));
			TRY(clean_or_refuse(a, p.file_name, &f->file_name));
			TRY(clean_or_refuse(a, p.type, &f->type));
			continue;
		}
		if (pairs.n == fields_max)
			return RC_TOO_LARGE;
		struct http_pair *q = VEC_ADD(a, &pairs);

		TRY(clean_or_refuse(a, p.name, &q->name));
		TRY(clean_or_refuse(a, p.bytes, &q->value));
	}
	*ret = pairs.v;
	*ret_n = pairs.n;
	*ret_files = files.v;
	*ret_n_files = files.n;
	return RC_OK;
}

/* RFC 6265 5.4; values of ours hold no quotes. */
struct str cookie_find(struct str header, struct str name)
{
	struct str one;

	while (str_cut(&header, ';', &one)) {
		size_t eq = str_find_byte(one, '=', 0);

		if (eq != SIZE_MAX && str_eq(str_trim(str_sub(one, 0, eq)), name))
			return str_trim(str_from(one, eq + 1));
	}
	return S("");
}
