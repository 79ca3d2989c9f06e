class WordReader:
    def detect(self, d): return False
class PowerPointReader(WordReader): pass
class EpubReader(WordReader): pass
