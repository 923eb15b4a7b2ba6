/* Any bytes as a configuration file: settings within their limits, or one line that says where it is wrong. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "app/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a CLEANUP(arena_end) = { 0 };
	struct str in = { (const char *)data, size }, rest[8], why = S("");
	struct config c;
	size_t n;
	int fd = memfd_create("config", MFD_CLOEXEC);
	char flag[] = "--config", path[40];
	char *argv[] = { flag, path };

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	enum rc rc = config_read(&a, 2, argv, &c, rest, &n, &why);

	close(fd);
	if (rc != RC_OK) {
		fuzz_must(rc == RC_INVALID && why.n && str_find_byte(why, ':', 0) != SIZE_MAX, "a refusal without its place", in);
		return 0;
	}
	fuzz_must(c.connections_max >= 10 && c.connections_max <= 1000000 && c.io_threads >= 0 && c.io_threads <= 256 && c.page_keep_ms <= 1000 &&
			  c.file_max_bytes >= 1 << 10 && c.session_idle_sec >= 60,
		  "a setting outside of its limits", in);
	return 0;
}
