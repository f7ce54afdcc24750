/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-model.h"

/* Growing arrays of shapes, parts, points and strings; nothing is taken out again. */

VolantDrawingModel *
volant_drawing_model_new (void)
{
  VolantDrawingModel *model = g_new0 (VolantDrawingModel, 1);

  model->shapes = g_array_new (FALSE, FALSE, sizeof (VolantDrawingShape));
  model->parts = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  model->points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  model->strings = g_string_new (NULL);
  g_string_append_c (model->strings, '\0');
  model->offsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return model;
}

void
volant_drawing_model_free (VolantDrawingModel *model)
{
  g_return_if_fail (model != NULL);

  g_array_unref (model->shapes);
  g_array_unref (model->parts);
  g_array_unref (model->points);
  g_string_free (model->strings, TRUE);
  g_hash_table_unref (model->offsets);
  g_free (model);
}

/* The offset of text among the strings; 0 for NULL and "". */
uint32_t
volant_drawing_model_intern (VolantDrawingModel *model, const char *text)
{
  uint32_t offset;

  if (text == NULL || *text == '\0' || !g_utf8_validate (text, -1, NULL))
    return 0;
  offset = GPOINTER_TO_UINT (g_hash_table_lookup (model->offsets, text));
  if (offset == 0)
    {
      offset = (uint32_t) model->strings->len;
      g_string_append (model->strings, text);
      g_string_append_c (model->strings, '\0');
      g_hash_table_insert (model->offsets, g_strdup (text), GUINT_TO_POINTER (offset));
    }
  return offset;
}

void
volant_drawing_model_begin (VolantDrawingModel *model, const VolantDrawingLook *look)
{
  VolantDrawingShape shape = { .look = *look, .first_part = model->parts->len };

  g_array_append_val (model->shapes, shape);
}

void
volant_drawing_model_add_part (VolantDrawingModel *model, const VolantDrawingPoint *points,
                               uint32_t n_points)
{
  uint32_t first = model->points->len;

  g_return_if_fail (model->shapes->len > 0 && n_points > 0);

  g_array_append_val (model->parts, first);
  g_array_append_vals (model->points, points, n_points);
  g_array_index (model->shapes, VolantDrawingShape, model->shapes->len - 1).n_parts++;
}

void
volant_drawing_model_add_label (VolantDrawingModel *model, const VolantDrawingLook *look,
                                VolantDrawingPoint at)
{
  volant_drawing_model_begin (model, look);
  volant_drawing_model_add_part (model, &at, 1);
}

/* One past the last point of a part. */
uint32_t
volant_drawing_model_part_end (const VolantDrawingModel *model, uint32_t part)
{
  if (part + 1 < model->parts->len)
    return g_array_index (model->parts, uint32_t, part + 1);
  return model->points->len;
}
