from . import mailing_mailing, res_partner, s2b2b_segment
