/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/shell/question-sheet.h"

#include "app/text/text.h"
#include "ui/shell/wording.h"

/* Touching an answer is the same as saying it: both are dialogue.answer. Yes stands on the right, under
 * the driver's hand, and takes the focus of the knob. */

#define N_CHOICES_MAX 6

struct _VolantQuestionSheet {
  VolantPanel parent;

  GtkLabel *text;
  GtkGrid *answers;
};

G_DEFINE_FINAL_TYPE (VolantQuestionSheet, volant_question_sheet, VOLANT_TYPE_PANEL)

static GtkWidget *
add_answer (VolantQuestionSheet *self, const char *answer, const char *text, int column, int row,
            int width)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *id = g_strconcat ("answer-", answer, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_name (button, id);
  gtk_widget_add_css_class (button, "wide");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "do.dialogue.answer");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", answer);
  volant_wording_set_name (button, text);
  gtk_grid_attach (self->answers, button, column, row, width, 1);
  return button;
}

static void
add_choices (VolantQuestionSheet *self, GStrv choices, const char *language)
{
  int n_choices = (int) MIN (g_strv_length (choices), N_CHOICES_MAX);
  int n_columns = n_choices > 3 ? 2 : 1;
  int row = (n_choices + n_columns - 1) / n_columns;

  for (int i = 0; i < n_choices; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i + 1);
      g_autofree char *text = g_strdup_printf ("%d   %s", i + 1, choices[i]);
      GtkWidget *button = add_answer (self, number, text, i % n_columns, i / n_columns, 1);

      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0.0f);
    }
  add_answer (self, "cancel", volant_text (language, N_ ("Cancel")), 0, row, n_columns);
}

static void
volant_question_sheet_refresh (VolantPanel *panel, VolantSession *session, const char *language)
{
  VolantQuestionSheet *self = VOLANT_QUESTION_SHEET (panel);
  const VolantQuestion *question = volant_session_get_question (session);
  GtkWidget *child;
  GtkWidget *yes;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->answers))) != NULL)
    gtk_grid_remove (self->answers, child);
  gtk_widget_set_visible (GTK_WIDGET (self), question != NULL);
  if (question == NULL)
    return;
  gtk_label_set_text (self->text, question->text);
  if (question->choices != NULL && question->choices[0] != NULL)
    {
      add_choices (self, question->choices, language);
      return;
    }
  add_answer (self, "no", volant_text (language, N_ ("No")), 0, 0, 1);
  yes = add_answer (self, "yes", volant_text (language, N_ ("Yes")), 1, 0, 1);
  gtk_widget_add_css_class (yes, "primary");
  gtk_widget_grab_focus (yes);
}

static void
volant_question_sheet_bind (VolantPanel *panel, VolantSession *session)
{
  g_signal_connect_object (session, "notify::question", G_CALLBACK (volant_panel_refresh), panel,
                           G_CONNECT_SWAPPED);
}

static void
volant_question_sheet_class_init (VolantQuestionSheetClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  VOLANT_PANEL_CLASS (class)->bind = volant_question_sheet_bind;
  VOLANT_PANEL_CLASS (class)->refresh = volant_question_sheet_refresh;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/volant/Volant/shell/question-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, VolantQuestionSheet, text);
  gtk_widget_class_bind_template_child (widget_class, VolantQuestionSheet, answers);
}

static void
volant_question_sheet_init (VolantQuestionSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
