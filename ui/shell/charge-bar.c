/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/charge-bar.h"

#include <math.h>

/* The colour tells what the number beside it tells too: amber under 30 %, red under 15 %, where ending
 * the rental starts to cost. */

#define WARN_PERCENT 30.0
#define BAD_PERCENT 15.0

struct _VolantChargeBar {
  GtkWidget parent;
  double percent;
};

G_DEFINE_FINAL_TYPE (VolantChargeBar, volant_charge_bar, GTK_TYPE_WIDGET)

static void
volant_charge_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantChargeBar *self = VOLANT_CHARGE_BAR (widget);
  double height = gtk_widget_get_height (widget);
  double width = gtk_widget_get_width (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  graphene_rect_t full = GRAPHENE_RECT_INIT (0, 0, width * self->percent / 100.0, height);
  GskRoundedRect round;
  GdkRGBA colour;

  if (isnan (self->percent))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gsk_rounded_rect_init_from_rect (&round, &all, height / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gsk_rounded_rect_init_from_rect (&round, &full, height / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &colour, &full);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
volant_charge_bar_class_init (VolantChargeBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->snapshot = volant_charge_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "chargebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
volant_charge_bar_init (VolantChargeBar *self)
{
  self->percent = NAN;
}

void
volant_charge_bar_set_percent (VolantChargeBar *self, double percent)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->percent = isnan (percent) ? percent : CLAMP (percent, 0.0, 100.0);
  gtk_widget_remove_css_class (widget, "warn");
  gtk_widget_remove_css_class (widget, "bad");
  if (self->percent < BAD_PERCENT)
    gtk_widget_add_css_class (widget, "bad");
  else if (self->percent < WARN_PERCENT)
    gtk_widget_add_css_class (widget, "warn");
  gtk_widget_queue_draw (widget);
}
