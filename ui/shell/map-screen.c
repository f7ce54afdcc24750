/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/map-screen.h"

#include "app/text/text.h"
#include "ui/shell/guidance-card.h"
#include "ui/shell/place-card.h"
#include "ui/shell/station-card.h"
#include "ui/shell/style.h"
#include "ui/shell/trip-card.h"
#include "ui/shell/wording.h"

#include <math.h>

/* The map is never letter-boxed: cards float, and the pane is told what they cover so that the car
 * and the route stay in view. */

#define MARGIN_DP 12.0
#define CLOCK_EVERY_S 5

struct _VolantMapScreen {
  VolantPanel parent;

  GtkOverlay *overlay;
  VolantGuidanceCard *guidance;
  GtkWidget *search;
  GtkWidget *status;
  GtkLabel *clock;
  GtkLabel *range;
  GtkWidget *controls;
  GtkButton *orientation_button;
  VolantTripCard *trip;
  VolantStationCard *station;
  VolantPlaceCard *place;

  VolantMapPane *pane;
  bool is_short;
  unsigned clock_timer;
  unsigned inset_idle;
};

G_DEFINE_FINAL_TYPE (VolantMapScreen, volant_map_screen, VOLANT_TYPE_PANEL)

/* What a card covers, its margin to the edge included; 0 while it is not shown. */
static GtkRequisition
size_of (GtkWidget *card)
{
  GtkRequisition size = { 0, 0 };

  if (!gtk_widget_get_visible (card))
    return size;
  gtk_widget_get_preferred_size (card, NULL, &size);
  size.width += volant_style_px (MARGIN_DP);
  size.height += volant_style_px (MARGIN_DP);
  return size;
}

static void
make_room (VolantMapScreen *self)
{
  bool has_card = gtk_widget_get_visible (GTK_WIDGET (self->station))
                  || gtk_widget_get_visible (GTK_WIDGET (self->place));

  gtk_widget_set_visible (self->controls, !self->is_short || !has_card);
}

static gboolean
on_inset_idle (void *data)
{
  VolantMapScreen *self = data;
  int card = MAX (size_of (GTK_WIDGET (self->station)).width,
                  size_of (GTK_WIDGET (self->place)).width);
  int controls;

  self->inset_idle = 0;
  make_room (self);
  controls = size_of (self->controls).width;
  volant_map_pane_set_insets (self->pane, size_of (GTK_WIDGET (self->guidance)).width, 0,
                              MAX (controls, card), size_of (GTK_WIDGET (self->trip)).height);
  return G_SOURCE_REMOVE;
}

/* Several cards may come and go at once: told once, from an idle callback. */
static void
queue_insets (VolantMapScreen *self)
{
  if (self->inset_idle == 0 && self->pane != NULL)
    self->inset_idle = g_idle_add (on_inset_idle, self);
}

static void
on_place_picked (VolantMapPane *pane, double lat_deg, double lon_deg, const char *name,
                 VolantMapScreen *self)
{
  VolantPoint point = volant_point_from_degrees (lat_deg, lon_deg);

  volant_map_pane_set_mark (pane, &point);
  volant_place_card_show (self->place, point, name);
}

/* A tap beside a card closes it. */
static void
on_ground_tapped (VolantMapScreen *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
  volant_action_perform (volant_panel_get_session (VOLANT_PANEL (self)), "map.select-station",
                         g_variant_new_string (""));
}

static void
on_place_card_visible (VolantMapScreen *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->place)) && self->pane != NULL)
    volant_map_pane_set_mark (self->pane, NULL);
  queue_insets (self);
}

static void
refresh_clock (VolantMapScreen *self)
{
  VolantPanel *panel = VOLANT_PANEL (self);
  const char *language = volant_panel_get_language (panel);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = volant_text_clock (language, now);
  double range_m = volant_vehicle_get_double (
      volant_session_get_vehicle (volant_panel_get_session (panel)), VOLANT_VSS_RANGE);
  g_autofree char *range
      = isnan (range_m) ? g_strdup ("–")
                        : volant_text_format (language, N_ ("%.0f km"), floor (range_m / 1000.0));

  gtk_label_set_text (self->clock, clock);
  gtk_label_set_text (self->range, range);
}

static gboolean
on_clock (void *data)
{
  refresh_clock (data);
  return G_SOURCE_CONTINUE;
}

static void
refresh_orientation (VolantMapScreen *self, VolantSession *session, const char *language)
{
  bool north = g_strcmp0 (volant_session_get_orientation (session), "north") == 0;

  gtk_button_set_icon_name (self->orientation_button,
                            north ? "volant-orientation-north-symbolic"
                                  : "volant-orientation-heading-symbolic");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->orientation_button), "s",
                                    north ? "heading" : "north");
  volant_wording_set_name (GTK_WIDGET (self->orientation_button),
                           north ? volant_text (language, N_ ("Turn the map with the car"))
                                 : volant_text (language, N_ ("North up")));
}

static void
volant_map_screen_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantMapScreen *self = VOLANT_MAP_SCREEN (panel);
  bool idle = volant_navigation_get_state (volant_session_get_navigation (session))
              == VOLANT_NAVIGATION_IDLE;

  gtk_widget_set_visible (self->search, idle);
  refresh_clock (self);
  refresh_orientation (self, session, language);
}

static void
volant_map_screen_bind (VolantPanel *panel, VolantSession *session)
{
  VolantMapScreen *self = VOLANT_MAP_SCREEN (panel);
  GtkWidget *pane = volant_map_pane_new (session);

  self->pane = VOLANT_MAP_PANE (pane);
  gtk_widget_set_name (pane, "map");
  gtk_overlay_set_child (self->overlay, pane);
  volant_panel_bind (VOLANT_PANEL (self->guidance), session);
  volant_panel_bind (VOLANT_PANEL (self->trip), session);
  volant_panel_bind (VOLANT_PANEL (self->station), session);
  volant_panel_bind (VOLANT_PANEL (self->place), session);
  g_signal_connect_object (pane, "place-picked", G_CALLBACK (on_place_picked), self, 0);
  g_signal_connect_object (pane, "ground-tapped", G_CALLBACK (on_ground_tapped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (volant_session_get_navigation (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::orientation", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->guidance, "notify::visible", G_CALLBACK (queue_insets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->station, "notify::visible", G_CALLBACK (queue_insets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->place, "notify::visible", G_CALLBACK (on_place_card_visible), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->trip, "notify::visible", G_CALLBACK (queue_insets), self,
                           G_CONNECT_SWAPPED);
  queue_insets (self);
  self->clock_timer = g_timeout_add_seconds (CLOCK_EVERY_S, on_clock, self);
}

static void
volant_map_screen_dispose (GObject *object)
{
  VolantMapScreen *self = VOLANT_MAP_SCREEN (object);

  g_clear_handle_id (&self->clock_timer, g_source_remove);
  g_clear_handle_id (&self->inset_idle, g_source_remove);
  self->pane = NULL;
  G_OBJECT_CLASS (volant_map_screen_parent_class)->dispose (object);
}

static void
volant_map_screen_class_init (VolantMapScreenClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_map_screen_dispose;
  VOLANT_PANEL_CLASS (class)->bind = volant_map_screen_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_map_screen_refresh;
  g_type_ensure (VOLANT_TYPE_GUIDANCE_CARD);
  g_type_ensure (VOLANT_TYPE_TRIP_CARD);
  g_type_ensure (VOLANT_TYPE_STATION_CARD);
  g_type_ensure (VOLANT_TYPE_PLACE_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/map-screen.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, overlay);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, guidance);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, search);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, status);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, clock);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, range);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, controls);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, orientation_button);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, trip);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, station);
  gtk_widget_class_bind_template_child (widget_class, VolantMapScreen, place);
}

static void
volant_map_screen_init (VolantMapScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
volant_map_screen_set_short (VolantMapScreen *self, bool is_short)
{
  self->is_short = is_short;
  queue_insets (self);
}

VolantMapPane *
volant_map_screen_get_pane (VolantMapScreen *self)
{
  return self->pane;
}
