from . import mailing_mailing, s2b2b_segment
