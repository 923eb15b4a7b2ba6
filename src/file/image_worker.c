/*
 * image_worker.c: decodes a hostile image where nothing can be reached: no files, no network, little memory, little time. What it writes
 * is a fresh JPEG of the pixels, turned upright, at most 2,000 pixels wide or high.
 */
#include "file/file.h"

#include <gd.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define IN_MAX ((size_t)64 << 20)
#define SIDE_MAX 2000
#define PIXELS_MAX ((int64_t)50 * 1000 * 1000)
#define QUALITY 82

static void limit(__rlimit_resource_t what, rlim_t max)
{
	struct rlimit r = { max, max };

	setrlimit(what, &r);
}

/* What malloc, the decoders and exit need; everything else kills the process. */
static bool lock_down(void)
{
	static const int allowed[] = {
		SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect),
		SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(exit_group), SCMP_SYS(exit), SCMP_SYS(rt_sigreturn), SCMP_SYS(fstat),
		SCMP_SYS(newfstatat), SCMP_SYS(lseek), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield),
		SCMP_SYS(rt_sigprocmask), SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction),
		SCMP_SYS(sigaltstack), SCMP_SYS(prctl),
	};
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (!f)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		if (seccomp_rule_add(f, SCMP_ACT_ALLOW, allowed[i], 0) != 0)
			return false;
	bool ok = seccomp_load(f) == 0;

	seccomp_release(f);
	return ok;
}

static unsigned be16(const unsigned char *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static unsigned u16(const unsigned char *p, bool little)
{
	return little ? (unsigned)p[1] << 8 | p[0] : be16(p);
}

static size_t u32(const unsigned char *p, bool little)
{
	return little ? (size_t)u16(p + 2, true) << 16 | u16(p, true) : (size_t)be16(p) << 16 | be16(p + 2);
}

/* TIFF 6.0 directory 0, tag 0x0112. */
static int orientation_in_tiff(const unsigned char *p, size_t n)
{
	if (n < 14)
		return 1;
	bool little = p[0] == 'I';
	size_t ifd = u32(p + 4, little);

	if (ifd > n - 2)
		return 1;
	size_t entries = u16(p + ifd, little);

	for (size_t i = 0; i < entries; i++) {
		size_t at = ifd + 2 + i * 12;

		if (at + 12 > n)
			return 1;
		if (u16(p + at, little) == 0x0112)
			return (int)u16(p + at + 8, little);
	}
	return 1;
}

/* Which way is up, from the EXIF part of a JPEG; 1 when it does not say. */
static int orientation(const unsigned char *p, size_t n)
{
	for (size_t at = 2; at + 4 < n && p[at] == 0xff;) {
		size_t len = be16(p + at + 2);

		if (p[at + 1] == 0xe1 && len >= 8 && at + 2 + len <= n && memcmp(p + at + 4, "Exif\0\0", 6) == 0)
			return orientation_in_tiff(p + at + 10, len - 8);
		if (p[at + 1] == 0xda)
			return 1;
		at += 2 + len;
	}
	return 1;
}

static gdImagePtr turn(gdImagePtr im, int how)
{
	static const float degrees[9] = { 0, 0, 0, 180, 180, 270, 270, 90, 90 };

	if (how < 2 || how > 8)
		return im;
	if (degrees[how] > 0) {
		gdImagePtr turned = gdImageRotateInterpolated(im, degrees[how], 0xffffff);

		if (turned) {
			gdImageDestroy(im);
			im = turned;
		}
	}
	if (how == 2 || how == 4 || how == 5 || how == 7)
		gdImageFlipHorizontal(im);
	return im;
}

static gdImagePtr decode(struct str in)
{
	static gdImagePtr (*const decoders[])(int, void *) = {
		[FILE_JPEG] = gdImageCreateFromJpegPtr, [FILE_PNG] = gdImageCreateFromPngPtr, [FILE_WEBP] = gdImageCreateFromWebpPtr,
	};
	enum file_type type = file_sniff(in);
	void *p = malloc(in.n);

	if (!p || type == FILE_NONE || type == FILE_PDF)
		return NULL;
	memcpy(p, in.p, in.n);
	return decoders[type]((int)in.n, p);
}

/* On white: a JPEG has no transparency. */
static gdImagePtr fit(gdImagePtr im)
{
	int w = gdImageSX(im), h = gdImageSY(im), longer = w > h ? w : h;
	int nw = longer > SIDE_MAX ? (int)((int64_t)w * SIDE_MAX / longer) : w, nh = longer > SIDE_MAX ? (int)((int64_t)h * SIDE_MAX / longer) : h;
	gdImagePtr to = gdImageCreateTrueColor(nw ? nw : 1, nh ? nh : 1);

	if (!to)
		return NULL;
	gdImageFilledRectangle(to, 0, 0, nw, nh, 0xffffff);
	gdImageAlphaBlending(to, 1);
	gdImageCopyResampled(to, im, 0, 0, 0, 0, nw, nh, w, h);
	return to;
}

static bool read_all(char *buf, size_t *ret)
{
	size_t n = 0;

	for (;;) {
		ssize_t got = read(STDIN_FILENO, buf + n, IN_MAX - n);

		if (got < 0 || n == IN_MAX)
			return false;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	*ret = n;
	return n > 0;
}

static bool write_out(const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(STDOUT_FILENO, p, n);

		if (w <= 0)
			return false;
		p += w;
		n -= (size_t)w;
	}
	return true;
}

static void quiet(int priority, const char *format, va_list args)
{
	(void)priority;
	(void)format;
	(void)args;
}

static int work(void)
{
	char *buf = malloc(IN_MAX);
	size_t n;

	limit(RLIMIT_CPU, 10);
#ifndef SANITIZED /* shadow memory takes terabytes of addresses */
	limit(RLIMIT_AS, (rlim_t)1 << 30);
#endif
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NPROC, 0);
	gdSetErrorMethod(quiet);
	if (!buf || !lock_down() || !read_all(buf, &n))
		return 1;
	struct str in = { buf, n };
	gdImagePtr im = decode(in);

	if (!im || (int64_t)gdImageSX(im) * gdImageSY(im) > PIXELS_MAX)
		return 2;
	int size = 0;

	im = fit(turn(im, file_sniff(in) == FILE_JPEG ? orientation((const unsigned char *)buf, n) : 1));
	void *jpeg = im ? gdImageJpegPtr(im, &size, QUALITY) : NULL;

	return jpeg && size > 0 && write_out(jpeg, (size_t)size) ? 0 : 3;
}

int image_worker(void)
{
	_exit(work()); /* whatever waits for the end of a program wants calls that are locked away by now */
}
