from . import test_evaluation
from . import test_installation
from . import test_tier_benefits
from . import test_tier_review
