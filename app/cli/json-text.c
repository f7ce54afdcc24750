/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/json-text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Seventeen digits tell any double from any other; most need fewer. */
static void
append_shortest (GString *out, const char *token, size_t length)
{
  g_autofree char *written = g_strndup (token, length);
  double value = g_ascii_strtod (written, NULL);

  for (int digits = 6; digits < 17; digits++)
    {
      char format[8], text[G_ASCII_DTOSTR_BUF_SIZE];

      snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) != value)
        continue;
      /* As long as before, or an exponent where there was none: nothing is gained. */
      if (strlen (text) < length && strchr (text, 'e') == NULL)
        {
          g_string_append (out, text);
          if (strchr (text, '.') == NULL)
            g_string_append (out, ".0");
          return;
        }
      break;
    }
  g_string_append_len (out, token, (gssize) length);
}

char *
volant_json_shorten_numbers (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      size_t length = strcspn (text, "\"-0123456789");

      g_string_append_len (out, text, (gssize) length);
      text += length;
      if (*text == '"')
        {
          length = 1;
          while (text[length] != '"' && text[length] != '\0')
            length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
          length += text[length] == '"';
          g_string_append_len (out, text, (gssize) length);
        }
      else
        {
          length = strspn (text, "-+.eE0123456789");
          if (memchr (text, '.', length) != NULL)
            append_shortest (out, text, length);
          else
            g_string_append_len (out, text, (gssize) length);
        }
      text += length;
    }
  return g_string_free (out, FALSE);
}

char *
volant_json_to_text (JsonNode *node, gboolean is_pretty)
{
  g_autofree char *text = json_to_string (node, is_pretty);

  return volant_json_shorten_numbers (text);
}

void
volant_json_add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (isnan (value))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, value);
}

void
volant_json_add_integer (JsonBuilder *builder, const char *name, int64_t value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
volant_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
volant_json_add_position (JsonBuilder *builder, VolantPoint point)
{
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, volant_point_lon_deg (point));
  json_builder_add_double_value (builder, volant_point_lat_deg (point));
  json_builder_end_array (builder);
}
