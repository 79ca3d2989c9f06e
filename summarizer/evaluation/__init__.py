"""How well a model reads, measured on gold; and stored results verified again from the texts of their articles."""

from summarizer.evaluation.comparison import Comparison as Comparison
from summarizer.evaluation.comparison import compare as compare
from summarizer.evaluation.gold import Gold as Gold
from summarizer.evaluation.gold import Run as Run
from summarizer.evaluation.gold import read_by_model as read_by_model
from summarizer.evaluation.gold import read_from_file as read_from_file
from summarizer.evaluation.gold import read_gold as read_gold
from summarizer.evaluation.stored import Found as Found
from summarizer.evaluation.stored import Stored as Stored
from summarizer.evaluation.stored import find_articles as find_articles
from summarizer.evaluation.stored import read_stored as read_stored
from summarizer.evaluation.stored import refs_in as refs_in
from summarizer.evaluation.verify import Audit as Audit
from summarizer.evaluation.verify import verify as verify
