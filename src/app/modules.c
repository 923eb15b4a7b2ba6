/* THE list of modules. TO ADD ONE: a folder in src/, a line in src/meson.build, a line here. */
#include "account/account.h"
#include "app/app.h"
#include "app/metrics.h"
#include "app/site_web.h"
#include "notify/notify.h"

const struct module *const modules[] = {
	&site_module, &system_module, &account_module, &staff_module, &admin_module, &notify_module,
};
const size_t modules_n = ARRAY_LEN(modules);
