/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/guidance-card.h"

#include "app/text/text.h"
#include "ui/shell/wording.h"

/* Arrow, distance, street, in that order of size. The sentence that the voice says is the card's
 * accessible name. "Then" is shown only where the second manoeuvre follows at once. */

#define THEN_WITHIN_M 250.0

struct _VolantGuidanceCard {
  VolantPanel parent;

  GtkImage *arrow;
  GtkLabel *distance;
  GtkWidget *then;
  GtkImage *then_arrow;
  GtkLabel *street;
};

G_DEFINE_FINAL_TYPE (VolantGuidanceCard, volant_guidance_card, VOLANT_TYPE_PANEL)

static const char *
turn_icon (VolantModifier modifier)
{
  static const char *const icons[] = {
    [VOLANT_MODIFIER_STRAIGHT] = "volant-turn-straight-symbolic",
    [VOLANT_MODIFIER_SLIGHT_RIGHT] = "volant-turn-slight-right-symbolic",
    [VOLANT_MODIFIER_RIGHT] = "volant-turn-right-symbolic",
    [VOLANT_MODIFIER_SHARP_RIGHT] = "volant-turn-sharp-right-symbolic",
    [VOLANT_MODIFIER_U_TURN] = "volant-turn-u-turn-left-symbolic",
    [VOLANT_MODIFIER_SHARP_LEFT] = "volant-turn-sharp-left-symbolic",
    [VOLANT_MODIFIER_LEFT] = "volant-turn-left-symbolic",
    [VOLANT_MODIFIER_SLIGHT_LEFT] = "volant-turn-slight-left-symbolic",
  };

  return modifier < G_N_ELEMENTS (icons) ? icons[modifier] : icons[VOLANT_MODIFIER_STRAIGHT];
}

static bool
goes_left (VolantModifier modifier)
{
  return modifier == VOLANT_MODIFIER_SHARP_LEFT || modifier == VOLANT_MODIFIER_LEFT
         || modifier == VOLANT_MODIFIER_SLIGHT_LEFT;
}

const char *
volant_guidance_icon (const VolantManoeuvre *manoeuvre)
{
  bool left = goes_left (manoeuvre->modifier);

  switch (manoeuvre->kind)
    {
    case VOLANT_MANOEUVRE_DEPART:
      return "volant-depart-symbolic";
    case VOLANT_MANOEUVRE_VIA:
    case VOLANT_MANOEUVRE_ARRIVE:
      return "volant-arrive-symbolic";
    case VOLANT_MANOEUVRE_FORK:
      return left ? "volant-turn-fork-left-symbolic" : "volant-turn-fork-right-symbolic";
    case VOLANT_MANOEUVRE_MERGE:
      return left ? "volant-turn-merge-left-symbolic" : "volant-turn-merge-right-symbolic";
    case VOLANT_MANOEUVRE_ON_RAMP:
    case VOLANT_MANOEUVRE_OFF_RAMP:
      return left ? "volant-turn-ramp-left-symbolic" : "volant-turn-ramp-right-symbolic";
    case VOLANT_MANOEUVRE_ROUNDABOUT:
      return "volant-turn-roundabout-right-symbolic";
    case VOLANT_MANOEUVRE_CONTINUE:
    case VOLANT_MANOEUVRE_TURN:
    case VOLANT_MANOEUVRE_END_OF_ROAD:
    case VOLANT_MANOEUVRE_FERRY:
    default:
      return turn_icon (manoeuvre->modifier);
    }
}

static void
show_words (VolantGuidanceCard *self, const char *icon, const char *headline, const char *line)
{
  gtk_image_set_from_icon_name (self->arrow, icon);
  gtk_label_set_text (self->distance, headline);
  gtk_label_set_text (self->street, line);
  gtk_widget_set_visible (GTK_WIDGET (self->street), *line != '\0');
  gtk_widget_set_visible (self->then, FALSE);
}

/* What stands on the third line: the sign's destination, the street, or its number. */
static char *
describe_road (const VolantManoeuvre *next, const VolantTarget *target, const char *language)
{
  if (next->kind == VOLANT_MANOEUVRE_ARRIVE && target != NULL)
    return g_strdup (target->name);
  if (next->kind == VOLANT_MANOEUVRE_ROUNDABOUT && next->exit_number > 0)
    return *next->street != '\0'
               ? volant_text_format (language, N_ ("Exit %u · %s"), next->exit_number, next->street)
               : volant_text_format (language, N_ ("Exit %u"), next->exit_number);
  if (*next->street != '\0')
    return g_strdup (next->street);
  return g_strdup (*next->ref != '\0' ? next->ref : next->destination);
}

static void
show_next (VolantGuidanceCard *self, VolantNavigation *navigation, const char *language)
{
  double distance_m = 0.0;
  const VolantManoeuvre *next = volant_navigation_get_next (navigation, &distance_m);
  const VolantManoeuvre *after = volant_navigation_get_after_next (navigation);
  g_autofree char *distance = NULL;
  g_autofree char *road = NULL;
  g_autofree char *sentence = NULL;

  if (next == NULL)
    {
      show_words (self, "volant-turn-straight-symbolic", "", "");
      return;
    }
  distance = distance_m < 20.0 ? g_strdup (volant_text (language, N_ ("Now")))
                               : volant_text_distance (language, distance_m);
  road = describe_road (next, volant_navigation_get_target (navigation), language);
  show_words (self, volant_guidance_icon (next), distance, road);
  if (after != NULL && (after->at_mm - next->at_mm) / 1000.0 < THEN_WITHIN_M)
    {
      gtk_image_set_from_icon_name (self->then_arrow, volant_guidance_icon (after));
      gtk_widget_set_visible (self->then, TRUE);
    }
  sentence = volant_navigation_get_instruction (navigation, language);
  volant_wording_set_name (GTK_WIDGET (self), sentence);
}

static void
volant_guidance_card_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantGuidanceCard *self = VOLANT_GUIDANCE_CARD (panel);
  VolantNavigation *navigation = volant_session_get_navigation (session);
  VolantNavigationState state = volant_navigation_get_state (navigation);
  const VolantTarget *target = volant_navigation_get_target (navigation);
  const char *name = target != NULL ? target->name : "";

  gtk_widget_set_visible (GTK_WIDGET (self), state != VOLANT_NAVIGATION_IDLE);
  switch (state)
    {
    case VOLANT_NAVIGATION_ROUTING:
      show_words (self, "volant-search-symbolic", volant_text (language, N_ ("Finding the way")),
                  name);
      break;
    case VOLANT_NAVIGATION_GUIDING:
      show_next (self, navigation, language);
      break;
    case VOLANT_NAVIGATION_ARRIVED:
      show_words (self, "volant-arrive-symbolic", volant_text (language, N_ ("You are there")),
                  name);
      break;
    case VOLANT_NAVIGATION_IDLE:
    default:
      break;
    }
}

static void
volant_guidance_card_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (volant_session_get_navigation (session), "changed",
                           G_CALLBACK (volant_panel_refresh), panel, G_CONNECT_SWAPPED);
}

static void
volant_guidance_card_class_init (VolantGuidanceCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_guidance_card_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_guidance_card_refresh;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/guidance-card.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantGuidanceCard, arrow);
  gtk_widget_class_bind_template_child (widget_class, VolantGuidanceCard, distance);
  gtk_widget_class_bind_template_child (widget_class, VolantGuidanceCard, then);
  gtk_widget_class_bind_template_child (widget_class, VolantGuidanceCard, then_arrow);
  gtk_widget_class_bind_template_child (widget_class, VolantGuidanceCard, street);
}

static void
volant_guidance_card_init (VolantGuidanceCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
