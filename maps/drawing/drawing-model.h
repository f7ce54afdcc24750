/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing.h"

/* The drawing while it is made: shapes in full detail, in memory, before they become levels. */

G_BEGIN_DECLS

/* What a shape is, apart from where. */
typedef struct {
  uint8_t sheet;
  uint8_t kind;
  uint8_t rank;
  uint8_t min_zoom;
  int8_t layer;
  uint16_t flags;
  uint32_t name;
  uint32_t ref;
} VolantDrawingLook;

typedef struct {
  VolantDrawingLook look;
  uint32_t first_part;
  uint32_t n_parts;
} VolantDrawingShape;

typedef struct {
  GArray *shapes; /* VolantDrawingShape */
  GArray *parts;  /* uint32_t: first point of each part; the end of the last is points->len */
  GArray *points; /* VolantDrawingPoint */
  GString *strings;
  GHashTable *offsets; /* string → offset */
} VolantDrawingModel;

VolantDrawingModel *volant_drawing_model_new (void);
void volant_drawing_model_free (VolantDrawingModel *model);
uint32_t volant_drawing_model_intern (VolantDrawingModel *model, const char *text);
/* Begins a shape; parts are added to the shape begun last. */
void volant_drawing_model_begin (VolantDrawingModel *model, const VolantDrawingLook *look);
void volant_drawing_model_add_part (VolantDrawingModel *model, const VolantDrawingPoint *points,
                                    uint32_t n_points);
void volant_drawing_model_add_label (VolantDrawingModel *model, const VolantDrawingLook *look,
                                     VolantDrawingPoint at);
uint32_t volant_drawing_model_part_end (const VolantDrawingModel *model, uint32_t part);

/* The section's bytes: levels simplified, sorted and indexed (drawing-levels.c). box is what
 * volant_drawing_get_box () will tell. */
GBytes *volant_drawing_model_serialize (const VolantDrawingModel *model,
                                        const VolantDrawingBox *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDrawingModel, volant_drawing_model_free)

G_END_DECLS
