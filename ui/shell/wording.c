/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/wording.h"

#include "app/text/text.h"

/* The English source of a phrase is kept with its widget the first time it is seen, so that any
 * language can follow any other. */

static const char *
remember (GtkWidget *widget, const char *key, const char *text)
{
  const char *source = g_object_get_data (G_OBJECT (widget), key);

  if (source != NULL || text == NULL || *text == '\0')
    return source;
  g_object_set_data_full (G_OBJECT (widget), key, g_strdup (text), g_free);
  return g_object_get_data (G_OBJECT (widget), key);
}

void
volant_wording_set_name (GtkWidget *widget, const char *name)
{
  g_object_set_data_full (G_OBJECT (widget), "volant-name", g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

const char *
volant_wording_get_name (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "volant-name");
}

static void
apply_to_widget (GtkWidget *widget, const char *language)
{
  const char *source;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "phrase"))
    {
      source = remember (widget, "volant-phrase", gtk_label_get_text (GTK_LABEL (widget)));
      if (source != NULL)
        gtk_label_set_text (GTK_LABEL (widget), volant_text (language, source));
    }
  if (GTK_IS_ENTRY (widget))
    {
      source = remember (widget, "volant-phrase",
                         gtk_entry_get_placeholder_text (GTK_ENTRY (widget)));
      if (source != NULL)
        gtk_entry_set_placeholder_text (GTK_ENTRY (widget), volant_text (language, source));
    }
  source = remember (widget, "volant-name-source", gtk_widget_get_tooltip_text (widget));
  if (source != NULL)
    {
      gtk_widget_set_has_tooltip (widget, FALSE);
      volant_wording_set_name (widget, volant_text (language, source));
    }
}

void
volant_wording_apply (GtkWidget *root, const char *language)
{
  apply_to_widget (root, language);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    volant_wording_apply (child, language);
}
