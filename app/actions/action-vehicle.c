/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

#include <math.h>

/* vehicle.*: what the car tells of itself. */

static void
tell_range (VolantSession *session, GVariant *parameter, GTask *task)
{
  VolantVehicle *vehicle = volant_session_get_vehicle (session);
  double range_m = volant_vehicle_get_double (vehicle, VOLANT_VSS_RANGE);
  double charge = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);
  const char *language = volant_session_get_language (session);
  g_autofree char *distance = NULL;

  if (isnan (range_m) || isnan (charge))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_UNAVAILABLE,
                            N_ ("The car does not tell its range"));
      return;
    }
  distance = volant_text_distance (language, range_m);
  volant_action_answer (task,
                        volant_text_format (language, N_ ("About %s, with %d %% of charge"),
                                            distance, (int) lround (charge)),
                        NULL);
}

static void
tell_charge (VolantSession *session, GVariant *parameter, GTask *task)
{
  VolantVehicle *vehicle = volant_session_get_vehicle (session);
  double charge = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);
  bool charging = volant_vehicle_get_boolean (vehicle, VOLANT_VSS_CHARGING);

  if (isnan (charge))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_UNAVAILABLE,
                            N_ ("The car does not tell its charge"));
      return;
    }
  volant_action_answer (task,
                        volant_text_format (volant_session_get_language (session),
                                            charging
                                                ? N_ ("The battery holds %d %% and is charging")
                                                : N_ ("The battery holds %d %%"),
                                            (int) lround (charge)),
                        NULL);
}

const VolantAction volant_actions_vehicle[] = {
  { "vehicle.tell-range", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells how far the car can go"),
    tell_range },
  { "vehicle.tell-charge", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Tells how full the battery is"),
    tell_charge },
  { NULL },
};
