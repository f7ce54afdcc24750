/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/datex-validity.h"

#include "maps/routing/traffic/report.h"

#include <stdio.h>
#include <string.h>

/* Few periods, few hours: fixed room. */

#define MAX_PERIODS 64
#define MAX_HOURS 8
#define DAY_MINUTES 1440

typedef struct {
  int from_minute; /* of the day */
  int until_minute;
} Hours;

typedef struct {
  VolantInterval whole;
  unsigned days; /* mask, bit 0 Monday; 0 all */
  unsigned n_hours;
  Hours hours[MAX_HOURS];
} Period;

void
volant_datex_validity_init (VolantDatexValidity *self)
{
  *self = (VolantDatexValidity) { .from_s = VOLANT_TRAFFIC_ALWAYS_S,
                                  .until_s = VOLANT_TRAFFIC_NO_END_S,
                                  .periods = g_array_new (FALSE, TRUE, sizeof (Period)) };
}

void
volant_datex_validity_clear (VolantDatexValidity *self)
{
  g_clear_pointer (&self->periods, g_array_unref);
}

static Period *
last_period (VolantDatexValidity *self)
{
  return self->periods->len > 0
           ? &g_array_index (self->periods, Period, self->periods->len - 1)
           : NULL;
}

static void
begin_period (VolantDatexValidity *self)
{
  Period period = { { VOLANT_TRAFFIC_ALWAYS_S, VOLANT_TRAFFIC_NO_END_S } };

  if (self->periods->len < MAX_PERIODS)
    g_array_append_val (self->periods, period);
}

/* "21:00:00", with or without a zone, which is that of the place. */
static bool
parse_minute (const char *text, int *minute)
{
  unsigned hour, past;

  if (sscanf (text, "%2u:%2u", &hour, &past) != 2 || hour > 24 || past > 59)
    return false;
  *minute = (int) MIN (hour * 60 + past, DAY_MINUTES);
  return true;
}

/* An end is told after its start, and makes the pair count. */
static bool
take_hours (Period *period, const char *text, bool is_end)
{
  Hours *hours = &period->hours[MIN (period->n_hours, MAX_HOURS - 1)];

  if (!parse_minute (text, is_end ? &hours->until_minute : &hours->from_minute))
    return false;
  if (is_end && period->n_hours < MAX_HOURS)
    period->n_hours++;
  return true;
}

static bool
take_day (Period *period, const char *text)
{
  static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday" };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        period->days |= 1u << i;
        return true;
      }
  return false;
}

static bool
take_status (VolantDatexValidity *self, const char *text)
{
  if (strcmp (text, "active") == 0)
    self->status = VOLANT_DATEX_ACTIVE;
  else if (strcmp (text, "suspended") == 0)
    self->status = VOLANT_DATEX_SUSPENDED;
  return true;
}

bool
volant_datex_validity_take (VolantDatexValidity *self, const char *name, const char *text)
{
  Period *period = last_period (self);

  if (strcmp (name, "validityStatus") == 0)
    return take_status (self, text);
  if (strcmp (name, "overrunning") == 0)
    self->is_overrunning = strcmp (text, "true") == 0 || strcmp (text, "1") == 0;
  else if (strcmp (name, "overallStartTime") == 0)
    return volant_traffic_parse_time (text, &self->from_s);
  else if (strcmp (name, "overallEndTime") == 0)
    return volant_traffic_parse_time (text, &self->until_s);
  else if (strcmp (name, "validPeriod") == 0)
    begin_period (self);
  else if (period == NULL)
    return true;
  else if (strcmp (name, "startOfPeriod") == 0)
    return volant_traffic_parse_time (text, &period->whole.from_s);
  else if (strcmp (name, "endOfPeriod") == 0)
    return volant_traffic_parse_time (text, &period->whole.until_s);
  else if (strcmp (name, "startTimeOfPeriod") == 0 || strcmp (name, "endTimeOfPeriod") == 0)
    return take_hours (period, text, *name == 'e');
  else if (strcmp (name, "applicableDay") == 0)
    return take_day (period, text);
  return true;
}

static void
add_interval (GArray *intervals, VolantInterval interval, VolantInterval within)
{
  interval.from_s = MAX (interval.from_s, within.from_s);
  interval.until_s = MIN (interval.until_s, within.until_s);
  if (interval.from_s < interval.until_s)
    g_array_append_val (intervals, interval);
}

/* The hours of a day, which begins at midnight; those that end before they begin end tomorrow. */
static void
add_day (GArray *intervals, const Period *period, GDateTime *midnight, VolantInterval within)
{
  static const Hours all_day = { 0, DAY_MINUTES };
  const Hours *hours = period->n_hours > 0 ? period->hours : &all_day;

  if (period->days != 0 &&
      (period->days & (1u << (g_date_time_get_day_of_week (midnight) - 1))) == 0)
    return;
  for (unsigned i = 0; i < MAX (period->n_hours, 1); i++)
    {
      int until_minute = hours[i].until_minute;
      g_autoptr (GDateTime) from = g_date_time_add_minutes (midnight, hours[i].from_minute);
      g_autoptr (GDateTime) until = NULL;
      VolantInterval interval = within;

      if (until_minute <= hours[i].from_minute)
        until_minute += DAY_MINUTES;
      until = g_date_time_add_minutes (midnight, until_minute);
      if (from == NULL || until == NULL)
        continue;
      interval = (VolantInterval) { g_date_time_to_unix (from), g_date_time_to_unix (until) };
      if (interval.from_s < period->whole.until_s && interval.until_s > period->whole.from_s)
        add_interval (intervals,
                      (VolantInterval) { MAX (interval.from_s, period->whole.from_s),
                                         MIN (interval.until_s, period->whole.until_s) },
                      within);
    }
}

static void
add_period (GArray *intervals, const Period *period, int64_t now_s, VolantInterval within)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_s);
  g_autoptr (GDateTime) here = now != NULL ? g_date_time_to_timezone (now, zone) : NULL;

  if (period->n_hours == 0 && period->days == 0)
    {
      add_interval (intervals, period->whole, within);
      return;
    }
  for (int day = -1; here != NULL && day <= 1; day++)
    {
      g_autoptr (GDateTime) then = g_date_time_add_days (here, day);
      g_autoptr (GDateTime) midnight =
        then != NULL ? g_date_time_new (zone, g_date_time_get_year (then),
                                        g_date_time_get_month (then),
                                        g_date_time_get_day_of_month (then), 0, 0, 0)
                     : NULL;

      if (midnight != NULL)
        add_day (intervals, period, midnight, within);
    }
}

GArray *
volant_datex_validity_list (const VolantDatexValidity *self, int64_t now_s)
{
  GArray *intervals = g_array_new (FALSE, FALSE, sizeof (VolantInterval));
  VolantInterval whole = { self->from_s, self->until_s };

  if (self->status == VOLANT_DATEX_SUSPENDED)
    return intervals;
  if (self->status == VOLANT_DATEX_ACTIVE)
    whole.from_s = VOLANT_TRAFFIC_ALWAYS_S; /* it is on, whatever was planned */
  if (self->is_overrunning)
    whole.until_s = VOLANT_TRAFFIC_NO_END_S;
  if (self->periods->len == 0 || self->status == VOLANT_DATEX_ACTIVE)
    add_interval (intervals, whole, whole);
  else
    for (unsigned i = 0; i < self->periods->len; i++)
      add_period (intervals, &g_array_index (self->periods, Period, i), now_s, whole);
  return intervals;
}
