/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-private.h"

#include "app/session-private.h"
#include "app/text/text.h"

/* drive.*: the simulated car, and rental.end. */

static void
start_driving (VolantSession *session, GVariant *parameter, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (volant_navigation_get_route (session->navigation) == NULL ||
      volant_navigation_get_state (session->navigation) != VOLANT_NAVIGATION_GUIDING)
    volant_action_refuse (session, task, VOLANT_ERROR_NO_ROUTE,
                          N_ ("There is no route to drive: choose where to go first"));
  else if (!volant_session_drive_route (session, &error))
    volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW,
                          N_ ("A door is open: shut it before driving"));
  else
    volant_action_answer (task, g_strdup (volant_session_text (session, N_ ("Let’s go"))), NULL);
}

static void
stop_driving (VolantSession *session, GVariant *parameter, GTask *task)
{
  if (!volant_vehicle_simulation_is_driving (session->vehicle))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("The car stands already"));
      return;
    }
  volant_vehicle_simulation_drive (session->vehicle, NULL, NULL);
  volant_action_answer (task, g_strdup (volant_session_text (session, N_ ("The car stops"))), NULL);
}

static void
set_rate (VolantSession *session, GVariant *parameter, GTask *task)
{
  double rate = g_variant_get_double (parameter);

  if (!(rate >= VOLANT_RATE_MIN && rate <= VOLANT_RATE_MAX))
    {
      volant_action_refuse (session, task, VOLANT_ERROR_BAD_PARAMETER,
                            N_ ("The simulation runs at 1 to 50 times real time"));
      return;
    }
  volant_vehicle_simulation_set_rate (session->vehicle, rate);
  volant_action_done (task);
}

static void
end_rental (VolantSession *session, GVariant *parameter, GTask *task)
{
  char *message;

  if (session->rental == NULL)
    {
      volant_action_refuse (session, task, VOLANT_ERROR_NOT_NOW, N_ ("There is no rental to end"));
      return;
    }
  message = volant_text_format (volant_session_get_language (session),
                                N_ ("Your rental has ended. Goodbye, %s"), session->rental->renter);
  volant_session_end_rental (session);
  volant_action_answer (task, message, NULL);
}

const VolantAction volant_actions_drive[] = {
  { "drive.start", NULL, NULL, VOLANT_RISK_ACT, true,
    N_ ("Lets the simulated car drive along the route"), start_driving },
  { "drive.stop", NULL, NULL, VOLANT_RISK_ACT, true, N_ ("Stops the simulated car"), stop_driving },
  { "drive.set-rate", "d", "rate", VOLANT_RISK_ACT, true,
    N_ ("Lets the simulation run 1 to 50 times faster"), set_rate },
  { "rental.end", NULL, NULL, VOLANT_RISK_ASK, false, N_ ("Ends the rental"), end_rental },
  { NULL },
};
