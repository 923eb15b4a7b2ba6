/* THE list of modules. TO ADD ONE: a folder in src/, a line in src/meson.build, a line here. */
#include "account/account.h"
#include "answer/quality.h"
#include "app/app.h"
#include "app/metrics.h"
#include "app/site_web.h"
#include "appeal/appeal_module.h"
#include "appeal/appeal_web.h"
#include "appeal/filing.h"
#include "appeal/letters.h"
#include "cabinet/cabinet.h"
#include "channel/api.h"
#include "demo/demo.h"
#include "desk/desk.h"
#include "desk/public.h"
#include "file/file_sweep.h"
#include "help/help.h"
#include "insight/insight.h"
#include "meeting/meeting.h"
#include "keeping/keeping.h"
#include "notice/notice.h"
#include "notify/notify.h"
#include "notify/remind.h"
#include "petition/petition_pages.h"
#include "petition/petition_staff.h"
#include "plan/plan.h"
#include "reception/desk_view.h"
#include "press/press.h"
#include "search/search.h"
#include "reception/visit_view.h"
#include "site/site.h"
#include "standard/duty.h"

extern const struct module design_module; /* design_web.c */

const struct module *const modules[] = {
	&site_module,
	&home_module,
	&search_module,
	&design_module,
	&system_module,
	&filing_module,
	&file_module,
	&filing_where_module,
	&counter_module,
	&appeal_module,
	&appeal_lists_module,
	&desk_module,
	&desk_acts_module,
	&desk_public_module,
	&desk_check_module,
	&petition_module,
	&petition_mail_module,
	&petition_staff_module,
	&petition_letters_module,
	&petition_feed_module,
	&petition_desk_module,
	&plan_module,
	&plan_tell_module,
	&plan_desk_module,
	&plan_report_module,
	&reception_module,
	&reception_booking_module,
	&reception_desk_module,
	&reception_day_module,
	&keeping_module,
	&press_module,
	&press_tick_module,
	&press_person_module,
	&press_feed_module,
	&press_desk_module,
	&reception_centre_module,
	&reception_queue_module,
	&reception_visit_module,
	&reception_papers_module,
	&help_module,
	&meeting_module,
	&meeting_feed_module,
	&meeting_take_module,
	&meeting_desk_module,
	&meeting_room_module,
	&notice_module,
	&notice_desk_module,
	&reading_module,
	&quality_module,
	&insight_module,
	&demo_module,
	&api_module,
	&open311_module,
	&record_module,
	&letters_module,
	&duty_module,
	&remind_module,
	&account_module,
	&settings_module,
	&cabinet_module,
	&staff_module,
	&admin_module,
	&notify_module,
};
const size_t modules_n = ARRAY_LEN(modules);
