/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice/examples.h"

#include "app/session-private.h"

#include "app/cli/cli.h"
#include "speech/catalogue.h"

/* The catalogue is read once a language and kept with the session: help is opened more often than
 * the operator edits. */

static VolantCatalogue *
load_catalogue (VolantSession *session, const char *language)
{
  g_autofree char *folder =
      session->commands != NULL ? g_strdup (session->commands) : volant_cli_demo_path ("commands");
  g_autofree char *name = g_strconcat (language, ".commands", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  VolantCatalogue *catalogue = volant_catalogue_new_from_file (path, &error);

  if (catalogue == NULL)
    g_message ("no examples of what can be said: %s", error->message);
  return catalogue;
}

GStrv
volant_examples_list (VolantSession *session, const char *action, unsigned limit)
{
  const char *language = volant_session_get_language (session);
  g_autofree char *key = g_strconcat ("volant-examples-", language, NULL);
  VolantCatalogue *catalogue = g_object_get_data (G_OBJECT (session), key);

  if (catalogue == NULL)
    {
      catalogue = load_catalogue (session, language);
      if (catalogue == NULL)
        return g_new0 (char *, 1);
      g_object_set_data_full (G_OBJECT (session), key, catalogue,
                              (GDestroyNotify) volant_catalogue_unref);
    }
  return volant_catalogue_list_examples (catalogue, action, limit);
}
