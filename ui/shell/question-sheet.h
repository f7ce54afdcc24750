/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/panel.h"

G_BEGIN_DECLS

/* The session's question: yes or no, or one of up to six numbered choices. Hidden where nothing is
 * asked. Answers have the ids "answer-yes", "answer-no", "answer-1" … "answer-6", "answer-cancel". */
#define VOLANT_TYPE_QUESTION_SHEET (volant_question_sheet_get_type ())
G_DECLARE_FINAL_TYPE (VolantQuestionSheet, volant_question_sheet, VOLANT, QUESTION_SHEET, VolantPanel)

G_END_DECLS
