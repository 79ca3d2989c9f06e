class FeedReader:
    def detect(self, d): return False
class MailReader(FeedReader): pass
class TranscriptReader(FeedReader): pass
