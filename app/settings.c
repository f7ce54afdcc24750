/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

/* The schema is looked for where GSettings looks (GSETTINGS_SCHEMA_DIR first), then beside a
 * program that stands in its build tree. */

#define SCHEMA "org.volant.Volant"

struct _VolantSettings {
  GSettings *settings; /* NULL: no schema */
  GHashTable *values;  /* without one: key → GVariant, for as long as the program runs */
};

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (schema != NULL || program == NULL || !g_str_has_prefix (program, VOLANT_BUILD_DIR "/"))
    return schema;
  built =
      g_settings_schema_source_new_from_directory (VOLANT_BUILD_DIR "/data", source, FALSE, NULL);
  return built != NULL ? g_settings_schema_source_lookup (built, SCHEMA, FALSE) : NULL;
}

static GVariant *
make_default (const char *key)
{
  const struct {
    const char *key;
    const char *value;
  } defaults[] = {
    { "language", "''" }, { "theme", "'auto'" },      { "orientation", "'heading'" },
    { "volume", "0.6" },  { "voice-muted", "false" }, { "traffic", "''" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (strcmp (defaults[i].key, key) == 0)
      return g_variant_parse (NULL, defaults[i].value, NULL, NULL, NULL);
  g_return_val_if_reached (NULL);
}

static GVariant *
get_value (VolantSettings *settings, const char *key)
{
  GVariant *value;

  if (settings->settings != NULL)
    return g_settings_get_value (settings->settings, key);
  value = g_hash_table_lookup (settings->values, key);
  return value != NULL ? g_variant_ref (value) : make_default (key);
}

static void
set_value (VolantSettings *settings, const char *key, GVariant *value)
{
  if (settings->settings != NULL)
    g_settings_set_value (settings->settings, key, value);
  else
    g_hash_table_insert (settings->values, g_strdup (key), g_variant_ref_sink (value));
}

VolantSettings *
volant_settings_new (void)
{
  VolantSettings *settings = g_new0 (VolantSettings, 1);
  g_autoptr (GSettingsSchema) schema = find_schema ();

  settings->values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  if (schema != NULL)
    settings->settings = g_settings_new_full (schema, NULL, NULL);
  else
    g_message ("The settings schema %s is not installed: settings are not kept "
               "(install the program, or set GSETTINGS_SCHEMA_DIR)",
               SCHEMA);
  return settings;
}

void
volant_settings_free (VolantSettings *settings)
{
  if (settings == NULL)
    return;
  /* What was set last may still be on its way to a service. */
  if (settings->settings != NULL)
    g_settings_sync ();
  g_clear_object (&settings->settings);
  g_hash_table_unref (settings->values);
  g_free (settings);
}

bool
volant_settings_is_kept (const VolantSettings *settings)
{
  return settings->settings != NULL;
}

char *
volant_settings_get_string (VolantSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = get_value (settings, key);

  return g_variant_dup_string (value, NULL);
}

double
volant_settings_get_double (VolantSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = get_value (settings, key);

  return g_variant_get_double (value);
}

bool
volant_settings_get_boolean (VolantSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = get_value (settings, key);

  return g_variant_get_boolean (value);
}

void
volant_settings_set_string (VolantSettings *settings, const char *key, const char *value)
{
  set_value (settings, key, g_variant_new_string (value));
}

void
volant_settings_set_double (VolantSettings *settings, const char *key, double value)
{
  set_value (settings, key, g_variant_new_double (value));
}

void
volant_settings_set_boolean (VolantSettings *settings, const char *key, bool value)
{
  set_value (settings, key, g_variant_new_boolean (value));
}
