/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/report.h"

#include <math.h>

/* Reports' memory, and the times in them. */

VolantTrafficReport *
volant_traffic_report_new (VolantTrafficPlace place)
{
  VolantTrafficReport *report = g_new0 (VolantTrafficReport, 1);

  report->place = place;
  report->directions = VOLANT_TRAFFIC_BOTH;
  report->valid_from_s = VOLANT_TRAFFIC_ALWAYS_S;
  report->valid_until_s = VOLANT_TRAFFIC_NO_END_S;
  report->bearing_deg = NAN;
  return report;
}

void
volant_traffic_report_free (VolantTrafficReport *report)
{
  if (report == NULL)
    return;
  g_free (report->reason);
  if (report->points != NULL)
    g_atomic_rc_box_release (report->points);
  g_free (report);
}

VolantTrafficReports *
volant_traffic_reports_new (void)
{
  VolantTrafficReports *reports = g_new0 (VolantTrafficReports, 1);

  reports->reports =
    g_ptr_array_new_with_free_func ((GDestroyNotify) volant_traffic_report_free);
  reports->expires_s = VOLANT_TRAFFIC_NO_END_S;
  return reports;
}

void
volant_traffic_reports_free (VolantTrafficReports *reports)
{
  if (reports == NULL)
    return;
  g_ptr_array_unref (reports->reports);
  g_free (reports);
}

bool
volant_traffic_parse_time (const char *text, int64_t *time_s)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (time == NULL)
    return false;
  *time_s = g_date_time_to_unix (time);
  return true;
}
