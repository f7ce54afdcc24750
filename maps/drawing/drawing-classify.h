/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing-model.h"
#include "maps/import/osm.h"

/* From OpenStreetMap's tags to what is drawn (wiki.openstreetmap.org/wiki/Map_features). */

G_BEGIN_DECLS

typedef struct {
  const VolantOsm *osm;
  uint32_t first_tag;
  uint32_t n_tags;
} VolantDrawingTags;

const char *volant_drawing_tag (const VolantDrawingTags *tags, const char *key);

/* Each says whether the tags mean such a thing, and fills look but for its name and ref. */
bool volant_drawing_classify_area (const VolantDrawingTags *tags, VolantDrawingLook *look);
/* is_reversed: traffic runs against the way's points. */
bool volant_drawing_classify_line (const VolantDrawingTags *tags, VolantDrawingLook *look,
                                   bool *is_reversed);
bool volant_drawing_classify_label (const VolantDrawingTags *tags, VolantDrawingLook *look);

G_END_DECLS
