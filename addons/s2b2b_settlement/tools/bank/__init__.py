"""Bank files in, statements out; the only tools that need more than the standard library (lxml)."""

from .detect import read
from .errors import BankFileError
from .statement import Line, Statement
