/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/home-screen.h"

#include "app/text/text.h"
#include "ui/shell/charge-bar.h"
#include "ui/shell/nearby.h"

#include <math.h>

/* Someone has just sat down in a car that is new to them: who and which car, how far it goes, where
 * it may be returned, and three things to do. Stations are listed again at most every REFRESH_S
 * seconds, so that a row does not move away under a finger. */

#define REFRESH_S 5

struct _VolantHomeScreen {
  VolantPanel parent;

  GtkLabel *greeting;
  GtkWidget *end;
  GtkWidget *english;
  GtkWidget *french;
  GtkWidget *chinese;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkLabel *range;
  GtkLabel *charge;
  VolantChargeBar *charge_bar;
  GtkLabel *rental;
  GtkBox *stations;
  GtkWidget *no_stations;

  unsigned n_rows;
  int64_t listed_at_us;
  unsigned list_timer; /* lists them once more after a throttled change */
};

G_DEFINE_FINAL_TYPE (VolantHomeScreen, volant_home_screen, VOLANT_TYPE_PANEL)

static void
refresh_charge (VolantHomeScreen *self, VolantSession *session, const char *language)
{
  VolantVehicle *vehicle = volant_session_get_vehicle (session);
  double percent = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);
  double range_m = volant_vehicle_get_double (vehicle, VOLANT_VSS_RANGE);
  g_autofree char *range = NULL;
  g_autofree char *charge = NULL;

  if (isnan (range_m))
    range = g_strdup ("–");
  else
    range = volant_text_format (language, N_ ("%.0f km"), floor (range_m / 1000.0));
  if (isnan (percent))
    charge = g_strdup ("–");
  else
    charge = volant_text_format (language, N_ ("%.0f %%"), floor (percent));
  gtk_label_set_text (self->range, range);
  gtk_label_set_text (self->charge, charge);
  volant_charge_bar_set_percent (self->charge_bar, percent);
}

static void
refresh_rental (VolantHomeScreen *self, VolantSession *session, const char *language)
{
  const VolantRental *rental = volant_session_get_rental (session);
  g_autofree char *greeting = NULL;
  g_autofree char *line = NULL;

  gtk_widget_set_visible (self->end, rental != NULL);
  if (rental == NULL)
    {
      gtk_label_set_text (self->greeting, volant_text (language, N_ ("Welcome")));
      gtk_label_set_text (self->rental, volant_text (language, N_ ("No rental at the moment")));
      return;
    }
  greeting = volant_text_format (language, N_ ("Hello %s"), rental->renter);
  gtk_label_set_text (self->greeting, greeting);
  if (rental->since_s > 0)
    {
      g_autoptr (GDateTime) since = g_date_time_new_from_unix_local (rental->since_s);
      g_autofree char *clock = volant_text_clock (language, since);

      line = volant_text_format (language, N_ ("%s · yours since %s"), rental->vehicle_name, clock);
    }
  else
    line = g_strdup (rental->vehicle_name);
  gtk_label_set_text (self->rental, line);
}

static void
refresh_stations (VolantHomeScreen *self, VolantSession *session)
{
  g_autoptr (GPtrArray) nearest = volant_nearby_stations (session, self->n_rows);
  GtkWidget *child;

  self->listed_at_us = g_get_monotonic_time ();
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->stations))) != NULL)
    gtk_box_remove (self->stations, child);
  for (unsigned i = 0; i < nearest->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("home-station-%u", i + 1);

      gtk_box_append (self->stations,
                      volant_nearby_row_new (session, g_ptr_array_index (nearest, i), id));
    }
  gtk_widget_set_visible (self->no_stations, nearest->len == 0);
}

static void
refresh_notices (VolantHomeScreen *self, VolantSession *session)
{
  g_auto (GStrv) notices = volant_session_get_notices (session);
  bool any = notices != NULL && notices[0] != NULL;

  gtk_widget_set_visible (self->notice, any);
  if (any)
    gtk_label_set_text (self->notice_text, notices[0]);
}

static void
mark_language (GtkWidget *button, bool active)
{
  if (active)
    gtk_widget_add_css_class (button, "active");
  else
    gtk_widget_remove_css_class (button, "active");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                      : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
volant_home_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantHomeScreen *self = VOLANT_HOME_SCREEN (panel);

  mark_language (self->english, g_str_equal (language, "en"));
  mark_language (self->french, g_str_equal (language, "fr"));
  mark_language (self->chinese, g_str_equal (language, "zh"));
  refresh_rental (self, session, language);
  refresh_charge (self, session, language);
  refresh_notices (self, session);
  refresh_stations (self, session);
}

static void
on_vehicle_changed (VolantHomeScreen *self)
{
  VolantPanel *panel = VOLANT_PANEL (self);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh_charge (self, volant_panel_get_session (panel), volant_panel_get_language (panel));
}

static gboolean
on_list_timer (void *data)
{
  VolantHomeScreen *self = data;

  self->list_timer = 0;
  refresh_stations (self, volant_panel_get_session (VOLANT_PANEL (self)));
  return G_SOURCE_REMOVE;
}

/* The last of a row of changes is listed too, however soon it came after a listing. */
static void
on_position_changed (VolantHomeScreen *self)
{
  int64_t due_us = self->listed_at_us + REFRESH_S * G_USEC_PER_SEC - g_get_monotonic_time ();

  if (self->list_timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->list_timer = g_timeout_add ((unsigned) MAX (0, due_us / 1000), on_list_timer, self);
}

/* What changed while another screen was shown. */
static void
volant_home_screen_map (GtkWidget *widget)
{
  VolantHomeScreen *self = VOLANT_HOME_SCREEN (widget);
  VolantSession *session = volant_panel_get_session (VOLANT_PANEL (widget));

  GTK_WIDGET_CLASS (volant_home_screen_parent_class)->map (widget);
  if (session == NULL)
    return;
  on_vehicle_changed (self);
  on_position_changed (self);
}

static void
volant_home_screen_dispose (GObject *object)
{
  VolantHomeScreen *self = VOLANT_HOME_SCREEN (object);

  g_clear_handle_id (&self->list_timer, g_source_remove);
  G_OBJECT_CLASS (volant_home_screen_parent_class)->dispose (object);
}

static void
volant_home_screen_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "stations-changed", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::rental", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::notices", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_vehicle (session), "changed",
                           G_CALLBACK (on_vehicle_changed), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_position (session), "changed",
                           G_CALLBACK (on_position_changed), panel, G_CONNECT_SWAPPED);
}

static void
volant_home_screen_class_init (VolantHomeScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_home_screen_dispose;
  widget_class->map = volant_home_screen_map;
  VOLANT_PANEL_CLASS (class)->bind = volant_home_screen_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_home_screen_refresh;
  g_type_ensure (VOLANT_TYPE_CHARGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/home-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, greeting);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, end);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, english);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, french);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, chinese);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, notice);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, notice_text);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, range);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, charge);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, charge_bar);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, rental);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, stations);
  gtk_widget_class_bind_template_child (widget_class, VolantHomeScreen, no_stations);
}

static void
volant_home_screen_init (VolantHomeScreen *self)
{
  self->n_rows = 3;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_home_screen_set_rows (VolantHomeScreen *self, unsigned n_rows)
{
  if (self->n_rows == n_rows)
    return;
  self->n_rows = n_rows;
  volant_panel_refresh (VOLANT_PANEL (self));
}
