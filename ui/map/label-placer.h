/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/map/map-transform.h"
#include "ui/map/map-style.h"
#include "ui/map/text-cache.h"

/* Chooses which labels a view shows, and where, so that none collide. */

G_BEGIN_DECLS

/* A label in its place. Upright labels stay so; others turn with the map about their anchor. */
typedef struct {
  VolantText *text;
  double unit_x; /* anchor: the text's middle */
  double unit_y;
  double offset_y_px; /* below the anchor, on the screen */
  double angle_rad;   /* along a street, on a map with north up; upright labels: 0 */
  bool is_upright;
  bool is_marked;     /* a dot stands at the anchor */
  uint32_t dot;
  unsigned kind;
  unsigned identity;  /* the same label in two placements */
  double opacity;     /* 0…1, grows while it fades in */
} VolantLabel;

typedef struct _VolantLabelPlacer VolantLabelPlacer;

VolantLabelPlacer *volant_label_placer_new (VolantDrawing *drawing);
void volant_label_placer_free (VolantLabelPlacer *placer);

/* Boxes on the screen where no label may stand (graphene_rect_t), for the next placement. */
void volant_label_placer_set_obstacles (VolantLabelPlacer *placer, const GArray *boxes);

/* Fills labels (VolantLabel) anew for the view and beyond_px around it. What stood in labels before
 * is preferred, so that little changes while the map moves. */
void volant_label_placer_place (VolantLabelPlacer *placer, const VolantMapTransform *transform,
                                const VolantMapStyle *style, VolantTextCache *texts,
                                double beyond_px, GArray *labels);

/* The box a label covers on the screen. */
void volant_label_get_box (const VolantLabel *label, const VolantMapTransform *transform,
                           graphene_rect_t *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantLabelPlacer, volant_label_placer_free)

G_END_DECLS
